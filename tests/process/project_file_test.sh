# The project file is found from the current folder upward, and options win over it.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
mkdir -p project/deep/er
cp -r "$TESTDATA/formats/llmplus_token_usage/edited_output" project/logs
cat > project/.usagectl.json << 'END'
{
  "paths": ["logs"],
  "baseline": "known.json"
}
END
cd project/deep/er || exit 1

"$USAGECTL" config > out || fail "config: exit $?"
grep -q '^project file: ../../.usagectl.json$' out || fail "the file is not found: $(cat out)"
grep -q '^paths  *../../.usagectl.json:2  *../../logs$' out || fail "paths are not the file's: $(cat out)"

"$USAGECTL" reconcile > out 2> err
[ $? -eq 2 ] || fail "a baseline that is not there: exit is not 2"
said_in_one_line err ../../known.json

(cd ../.. && "$USAGECTL" reconcile --no-config --write-baseline known.json logs > ../out 2> ../err)
[ $? -eq 1 ] || fail "--no-config: $(cat ../../../err)"
"$USAGECTL" reconcile > out 2> err || fail "known findings: exit $?: $(cat out err)"
"$USAGECTL" reconcile --no-config ../../logs > out 2> err
[ $? -eq 1 ] || fail "--no-config still accepts"
"$USAGECTL" summarize > out 2> err || fail "summarize: exit $?: $(cat err)"
"$USAGECTL" summarize ../../logs > expected
cmp out expected || fail "summarize does not take the paths of the file"

# Nearer files hide those further up.
echo '{"strcit": true}' > .usagectl.json
"$USAGECTL" summarize ../../logs > out 2> err
[ $? -eq 2 ] || fail "a misspelled setting: exit is not 2"
said_in_one_line err '.usagectl.json:1:2: no setting is called strcit; did you mean strict?'
exit 0
