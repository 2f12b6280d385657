# A few inputs of every kind that tests/hostile makes; tests/hostile/run.py finds more in more time.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
count=40
# The sanitizers make every run slow.
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then count=5; fi
TMPDIR=$scratch python3 "$TESTS/hostile/run.py" "$USAGECTL" --short --seed 16 --count $count \
  --cuts $((count / 4)) || exit 1
