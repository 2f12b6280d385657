# The first recipe of docs/PARTIAL_FILES.md, run as it stands there: a partial file for each folder,
# and one report that is the report about all of them.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
sed -n '/^ls -d/,/^```$/p' "$TESTS/../docs/PARTIAL_FILES.md" | sed '/^```$/,$d' | head -n 2 > recipe
[ "$(wc -l < recipe)" -eq 2 ] || fail "expected two commands: $(cat recipe)"
mkdir -p logs/codex
cp -R "$TESTDATA/formats/kimi_wire" "$TESTDATA/sample" logs/
cp "$TESTDATA/formats/codex_rollout/session.jsonl" logs/codex/
PATH=$(dirname "$USAGECTL"):$PATH sh -e recipe > merged 2> merged.err
status=$?
[ -f kimi_wire.usagectl ] || fail "no partial file: $(cat merged.err)"
"$USAGECTL" reconcile logs/codex/ logs/kimi_wire/ logs/sample/ > whole 2> whole.err
[ $? -eq $status ] || fail "another exit status: $status"
cmp merged whole || fail "another report"
cmp merged.err whole.err || fail "other messages"
exit 0
