# Every JSON report over the fixtures and the samples keeps to the schema that it names.
CORPORA="seeds cases wild sceptic reports hostile other provider_shapes recordings responses dialects"
. "$TESTS/process/field_corpus.sh"
. "$TESTS/process/scratch.sh"
python3 "$TESTS/process/schemas_hold.py" "$USAGECTL" "$scratch" "$@" || fail "a run did not end"
find "$scratch" -name '*.json' -print0 | xargs -0 "$BUILD/tests/schema_check" > "$scratch/kept" ||
  fail "$(grep -v '^[a-z_]* [0-9]*$' "$scratch/kept" | head -n 20)"
for schema in summary reconcile inspect record flat_record flat_claim diff diffs contract contracts; do
  grep -q "^$schema [1-9]" "$scratch/kept" || fail "no report of the schema $schema"
done
# xargs may have run it more than once.
awk '{ kept[$1] += $2 } END { for (schema in kept) printf "%s %d\n", schema, kept[schema] }' "$scratch/kept" |
  LC_ALL=C sort
