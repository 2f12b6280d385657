# A layout that was suggested reads its file with the same result, whatever the subcommand.
. "$TESTS/process/scratch.sh"
for file in "$TESTDATA"/formats/inferred/*.json; do
  # What was taken for a layout of two files, or for nothing, has none to suggest.
  "$USAGECTL" inspect --suggest-layout "$scratch/layout.json" "$file" > /dev/null 2>&1
  [ -s "$scratch/layout.json" ] || fail "no layout was suggested for $file"
  for command in summarize reconcile records; do
    "$USAGECTL" "$command" "$file" > "$scratch/inferred" 2>&1
    "$USAGECTL" "$command" --layout "$scratch/layout.json" "$file" > "$scratch/by_layout" 2>&1
    diff -u "$scratch/inferred" "$scratch/by_layout" || fail "$command says something else of $file by its suggested layout"
  done
  rm "$scratch/layout.json"
done
