# No file passes with a warning that leaves open what was counted, and no number of tokens is passed
# over without a word: in the fixtures, and in files of other people that are there to be tried.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
cd "$TESTS/../testdata"
set -- formats open
for corpus in seeds cases wild reports sceptic provider_shapes; do
  if [ -d "../../shared/samples/$corpus" ]; then set -- "$@" "../../shared/samples/$corpus"; fi
done
exec python3 "$TESTS/field/nothing_unsaid.py" "$USAGECTL" "$@"
