# The commands of the CI recipes in README.md, run as a CI runs them: over logs that are sound, faulty
# and unreadable.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1

# commands_of TITLE: what the recipes of the section run, a command a line.
awk '
  /^## / { inside = ($0 == "## In a CI") }
  !inside { next }
  /^```yaml$/ { block = 1; next }
  /^```$/ { block = 0; next }
  block && (joined != "" || /^ *(- )?usagectl /) {
    line = $0
    sub(/^ *(- )?/, "", line)
    more = sub(/\\$/, "", line)
    joined = joined line
    if (!more) { print joined; joined = "" }
  }
' "$TESTS/../README.md" > commands
[ "$(wc -l < commands)" -eq 2 ] || fail "expected two commands in the recipes: $(cat commands)"

PATH=$(dirname "$USAGECTL"):$PATH
GITHUB_STEP_SUMMARY=$scratch/summary.md
export PATH GITHUB_STEP_SUMMARY

# run_recipes STATUS: every command ends with it, and every report it names is there.
run_recipes() {
  rm -f summary.md usagectl.sarif usagectl.xml
  while read -r command; do
    sh -c "$command" > out 2> err
    status=$?
    [ $status -eq "$1" ] || fail "exit $status, expected $1: $command: $(cat err)"
  done < commands
  for report in summary.md usagectl.sarif usagectl.xml; do
    [ -s $report ] || fail "no $report"
  done
}

mkdir logs
cp -r "$TESTDATA/formats/llmplus_token_usage/job" logs/sound
run_recipes 0
grep -q 'failures="0" errors="0"' usagectl.xml || fail "a sound run has failures: $(cat usagectl.xml)"

cp -r "$TESTDATA/formats/llmplus_token_usage/edited_output" logs/faulty
run_recipes 1
grep -q 'failures="1" errors="0"' usagectl.xml || fail "a faulty run: $(cat usagectl.xml)"
grep -q '"executionSuccessful": true' usagectl.sarif || fail "a faulty run did read everything"

cp "$TESTDATA/broken/truncated.json" logs/
run_recipes 2
grep -q 'failures="1" errors="1"' usagectl.xml || fail "an unreadable file: $(cat usagectl.xml)"
grep -q '"executionSuccessful": false' usagectl.sarif || fail "an unreadable file is taken for success"
exit 0
