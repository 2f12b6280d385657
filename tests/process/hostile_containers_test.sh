# Bombs, and rows and lines without end: one clear problem each, in bounded memory.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  skip "built with sanitizers, which take memory of their own"
fi
python3 "$TESTS/process/hostile_containers_test.py" "$USAGECTL" "$scratch" || exit 1
