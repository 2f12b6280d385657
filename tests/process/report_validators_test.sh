# The reports for machines are valid for those who read them: JUnit for Jenkins, SARIF for GitHub.
. "$TESTS/process/scratch.sh"
cd "$TESTDATA" || exit 1
schemas=$TESTS/process/schemas

# report FORMAT PATH…: writes the report to $scratch/report. Findings and unreadable files are part of it.
report() {
  format=$1
  shift
  "$USAGECTL" reconcile --no-config --format "$format" -o "$scratch/report" "$@" 2> /dev/null
  [ $? -le 2 ] || fail "reconcile --format $format $*"
}

ran=no
for paths in sample/simulation formats/llmplus_token_usage 'formats broken' causes diff "formats/agents broken/truncated.json"; do
  if command -v xmllint > /dev/null; then
    ran=yes
    # shellcheck disable=SC2086
    report junit $paths
    xmllint --noout --schema "$schemas/junit-jenkins.xsd" "$scratch/report" 2> "$scratch/err" ||
      fail "JUnit of $paths: $(head -n 5 "$scratch/err")"
  fi
  if command -v python3 > /dev/null; then
    ran=yes
    # shellcheck disable=SC2086
    report sarif $paths
    python3 "$schemas/check_sarif.py" "$scratch/report" > "$scratch/err" ||
      fail "SARIF of $paths: $(head -n 5 "$scratch/err")"
  fi
done
[ $ran = yes ] || { echo "neither xmllint nor python3"; exit 77; }
exit 0
