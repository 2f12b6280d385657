# Sourced by the tests of recipes, which run what docs/PARTIAL_FILES.md prints.
cd "$scratch" || exit 1

# take_recipe BEGINNING LINES: writes so many lines, from the first one that begins so, to the file recipe.
take_recipe() {
  grep -A "$(($2 - 1))" -m 1 -e "$1" "$TESTS/../docs/PARTIAL_FILES.md" > recipe
  [ "$(wc -l < recipe)" -eq "$2" ] || fail "no recipe that begins with $1"
}

# Three folders of logs, one of them with something to find.
made_up_logs() {
  mkdir -p logs/codex
  cp -R "$TESTDATA/formats/kimi_wire" "$TESTDATA/sample" logs/
  cp "$TESTDATA/formats/codex_rollout/session.jsonl" logs/codex/
}

# merges_to_the_whole FILE…: the partial files are all there, and give the report on the logs.
merges_to_the_whole() {
  [ $# -eq 3 ] || fail "expected three partial files: $*"
  "$USAGECTL" reconcile "$@" > merged 2> /dev/null
  "$USAGECTL" reconcile logs/codex logs/kimi_wire logs/sample > whole 2> /dev/null
  cmp merged whole || fail "another report"
}
