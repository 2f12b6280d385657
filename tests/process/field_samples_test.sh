# Nothing is silently wrong on the files of other people that are there to be tried, beyond what
# tests/field/known.txt names with its reason.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
# Some thousand runs, each of which takes ten times as long.
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
exec python3 "$TESTS/field/score.py" "$USAGECTL" --known "$TESTS/field/known.txt"
