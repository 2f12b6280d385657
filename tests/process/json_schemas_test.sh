# The schemas are sound, and hold the same, for a validator of draft 2020-12; the unit tests use one of
# draft 7.
python3 -c 'from jsonschema import Draft202012Validator' 2> /dev/null || { echo "needs python3-jsonschema"; exit 77; }
exec python3 "$TESTS/process/json_schemas.py" "$USAGECTL" "$TESTDATA"
