# No file passes with a warning that leaves open what was counted, and no number of tokens is passed
# over without a word.
CORPORA="seeds cases wild reports sceptic provider_shapes"
. "$TESTS/process/field_corpus.sh"
exec python3 "$TESTS/field/nothing_unsaid.py" "$USAGECTL" "$@"
