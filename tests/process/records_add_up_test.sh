# The counted records of every fixture, and of the files of other people that are there to be tried,
# are what summarize adds up.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
cd "$TESTS/../testdata"
set -- formats open
for corpus in seeds cases wild sceptic; do
  if [ -d "../../shared/samples/$corpus" ]; then set -- "$@" "../../shared/samples/$corpus"; fi
done
exec python3 "$TESTS/process/records_add_up.py" "$USAGECTL" "$@"
