# The recipe for GNU parallel in docs/PARTIAL_FILES.md, run as it stands there.
. "$TESTS/process/scratch.sh"
. "$TESTS/fleet/recipe.sh"
parallel --version 2> /dev/null | grep -q "^GNU parallel" || skip "GNU parallel is not installed"
take_recipe '^find logs' 2
made_up_logs
HOME=$scratch PATH=$(dirname "$USAGECTL"):$PATH sh -e recipe > summary 2> errors || fail "$(cat errors)"
"$USAGECTL" summarize --by model logs/codex logs/kimi_wire logs/sample > expected 2> /dev/null
cmp summary expected || fail "another summary"
merges_to_the_whole codex.usagectl kimi_wire.usagectl sample.usagectl
exit 0
