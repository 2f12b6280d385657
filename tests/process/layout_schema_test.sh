# The JSON Schema of layouts accepts what the program accepts, and refuses what it refuses.
. "$TESTS/process/scratch.sh"
python3 -c 'from jsonschema import Draft202012Validator' 2> /dev/null || { echo "needs python3-jsonschema"; exit 77; }
"$USAGECTL" layouts --schema > "$scratch/schema.json" || fail "layouts --schema failed"
cat > "$scratch/validate.py" <<'END'
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
errors = list(Draft202012Validator(schema).iter_errors(json.load(open(sys.argv[2]))))
print("\n".join(error.message for error in errors))
sys.exit(1 if errors else 0)
END
for file in "$TESTS"/../src/formats/layouts/*.json "$TESTDATA"/layouts/*.layout.json; do
  python3 "$scratch/validate.py" "$scratch/schema.json" "$file" > "$scratch/out" || fail "$file: $(cat "$scratch/out")"
  # 1: it is a layout, and has no samples.
  "$USAGECTL" layouts --check "$file" > "$scratch/out" 2>&1
  [ $? -le 1 ] || fail "$(cat "$scratch/out")"
done
for file in "$TESTDATA"/layouts/refused/*.json; do
  python3 "$scratch/validate.py" "$scratch/schema.json" "$file" > "$scratch/out" && fail "the schema accepts $file"
  "$USAGECTL" layouts --check "$file" > "$scratch/out" 2>&1
  [ $? -eq 2 ] || fail "the program accepts $file"
done
exit 0
