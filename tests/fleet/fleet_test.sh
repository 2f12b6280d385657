# A fleet of 16 nodes: what they add up to, and memory that does not grow faster than their calls.
. "$TESTS/process/scratch.sh"
! readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init || skip "built with sanitizers"
command -v python3 > /dev/null || skip "python3 is not installed"
PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/fleet/fleet.py" "$USAGECTL" 16 10000 "$scratch"
