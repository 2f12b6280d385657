# Each number of tokens is counted, compared or named, or is in an object left out for a reason.
CORPORA="cases wild/small sceptic"
. "$TESTS/process/field_corpus.sh"
exec python3 "$TESTS/field/each_number.py" "$USAGECTL" "$TESTS/field/known_numbers.txt" 2 "$@"
