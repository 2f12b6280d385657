# The commands of "Get the data out" in the README, run as they stand there.
. "$TESTS/engines/engine.sh"
command -v node > /dev/null || skip "node is not installed"
PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/engines/readme.py" "$USAGECTL" "$scratch"
