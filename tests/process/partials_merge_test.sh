# Partial files of any part of the files give the bytes that the files themselves give.
CORPORA="seeds"
. "$TESTS/process/field_corpus.sh"
exec python3 "$TESTS/process/partials_merge.py" "$USAGECTL" "$@"
