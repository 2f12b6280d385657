# The views of usagectl sql in postgres say what usagectl says.
. "$TESTS/engines/engine.sh"
engine_says_the_same postgres
