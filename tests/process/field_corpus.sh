# Sourced by tests that try every file of the fixtures and of other people, where those are there:
# skips where it would take too long, and sets "$@" to the folders, of the corpora that are named.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
cd "$TESTS/../testdata"
set -- formats open
for corpus in $CORPORA; do
  if [ -d "../../shared/samples/$corpus" ]; then set -- "$@" "../../shared/samples/$corpus"; fi
done
