# The counted records of every file are what summarize adds up.
CORPORA="seeds cases wild sceptic"
. "$TESTS/process/field_corpus.sh"
exec python3 "$TESTS/process/records_add_up.py" "$USAGECTL" "$@"
