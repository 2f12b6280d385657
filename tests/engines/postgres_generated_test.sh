# PostgreSQL adds up a generated set of calls, and finds its planted faults, as usagectl does.
. "$TESTS/engines/engine.sh"
engine_finds_planted_faults postgres
