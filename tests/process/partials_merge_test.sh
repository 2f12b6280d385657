# Partial files of any part of the files give the bytes that the files themselves give: for the
# fixtures, and for the files of other people that are there to be tried.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
cd "$TESTS/../testdata"
set -- formats
for corpus in seeds; do
  if [ -d "../../shared/samples/$corpus" ]; then set -- "$@" "../../shared/samples/$corpus"; fi
done
exec python3 "$TESTS/process/partials_merge.py" "$USAGECTL" "$@"
