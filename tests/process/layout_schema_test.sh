# The JSON Schema of layouts accepts what the program accepts, and refuses what it refuses.
. "$TESTS/process/scratch.sh"
python3 -c 'from jsonschema import Draft202012Validator' 2> /dev/null || { echo "needs python3-jsonschema"; exit 77; }
"$USAGECTL" layouts --schema > "$scratch/schema.json" || fail "layouts --schema failed"
# validate.py SCHEMA sound|refused FILE…: one process for all files, as the library takes long to load.
cat > "$scratch/validate.py" <<'END'
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
failed = False
for path in sys.argv[3:]:
    errors = list(validator.iter_errors(json.load(open(path))))
    if (sys.argv[2] == "sound") == bool(errors):
        failed = True
        print(path + ":", "\n".join(error.message for error in errors) or "is accepted")
sys.exit(1 if failed else 0)
END
python3 "$scratch/validate.py" "$scratch/schema.json" sound "$TESTS"/../src/formats/layouts/*.json \
  "$TESTDATA"/layouts/*.layout.json > "$scratch/out" || fail "the schema refuses $(cat "$scratch/out")"
python3 "$scratch/validate.py" "$scratch/schema.json" refused "$TESTDATA"/layouts/refused/*.json \
  > "$scratch/out" || fail "the schema: $(cat "$scratch/out")"
for file in "$TESTS"/../src/formats/layouts/*.json "$TESTDATA"/layouts/*.layout.json; do
  # 1: it is a layout, and has no samples.
  "$USAGECTL" layouts --check "$file" > "$scratch/out" 2>&1
  [ $? -le 1 ] || fail "$(cat "$scratch/out")"
done
for file in "$TESTDATA"/layouts/refused/*.json; do
  "$USAGECTL" layouts --check "$file" > "$scratch/out" 2>&1
  [ $? -eq 2 ] || fail "the program accepts $file"
done
exit 0
