# What a person meets with partial files: the same numbers without the logs, a damaged one, one that
# is read twice, two machines with files of the same name.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
cp -R "$TESTS/../testdata/sample" logs

# The bytes do not depend on the threads, nor on the time.
"$USAGECTL" collect logs -o one.usagectl --threads 1 || fail "collect"
"$USAGECTL" collect logs -o eight.usagectl --threads 8 || fail "collect with threads"
cmp one.usagectl eight.usagectl || fail "the number of threads shows"

"$USAGECTL" summarize --format json logs > expected || fail "summarize"
mkdir away && mv logs away/
"$USAGECTL" summarize --format json one.usagectl > got || fail "summarize without the logs"
cmp expected got || fail "other numbers without the logs"
"$USAGECTL" collect one.usagectl -o again.usagectl || fail "collect of a partial file"
cmp one.usagectl again.usagectl || fail "a partial file of a partial file differs"

# The same file in two partial files counts once, and that is said.
cp one.usagectl copy.usagectl
"$USAGECTL" summarize --format json one.usagectl copy.usagectl > twice 2> errors
python3 - expected twice <<'P' || fail "counted twice"
import json, sys
one, two = (json.load(open(name))["total"] for name in sys.argv[1:])
sys.exit(one != two)
P
grep -q "already read: it is counted once" errors || fail "not said: $(cat errors)"

# What is left out of a folder is left out of what was collected from it.
"$USAGECTL" summarize --exclude jobs one.usagectl > out || fail "summarize with --exclude"
grep -q "excluded by --exclude" out || fail "--exclude leaves nothing out: $(tail -n 1 out)"

# A log and its own partial file in one folder count once, without an error.
mkdir both && cp -R away/logs both/logs
(cd both && "$USAGECTL" collect logs -o own.usagectl && "$USAGECTL" summarize --format json . > ../got \
  2> ../errors) || fail "a log beside its own partial file: $(cat errors)"
python3 - expected got <<'P' || fail "a log beside its own partial file counts twice"
import json, sys
one, two = (json.load(open(name))["total"] for name in sys.argv[1:])
sys.exit(one != two)
P

# Another file of the same name is refused.
mv away/logs logs
first=$(find logs -type f | sort | head -n 1)
echo >> "$first"
"$USAGECTL" collect logs -o changed.usagectl || fail "collect of the changed file"
"$USAGECTL" summarize one.usagectl changed.usagectl > out 2> errors
[ $? -eq 2 ] || fail "two files of one name pass"
grep -q "$first: is another file in changed.usagectl than in one.usagectl: collect them" errors ||
  fail "not named: $(cat errors)"

# A damaged one is an error in one line, and the others are read.
head -c 200 one.usagectl > cut.usagectl
"$USAGECTL" summarize cut.usagectl > out 2> errors
[ $? -eq 2 ] || fail "a cut partial file passes"
said_in_one_line errors "cut.usagectl: is cut off or damaged: collect it again"

# Lines of a document are known where the file is there as it was, and only there.
echo '{"calls":[{"model":"m","usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":9}}],
"n":1}' > doc.json
"$USAGECTL" collect doc.json -o doc.usagectl || fail "collect of a document"
"$USAGECTL" reconcile --format json doc.json > expected
"$USAGECTL" reconcile --format json doc.usagectl > got
cmp expected got || fail "the places differ"
echo >> doc.json
"$USAGECTL" reconcile --format json doc.usagectl > got
grep -q '"column": *[0-9]' got && fail "a column of a file that has changed"

# Written to a pipe, and an output that is missing.
"$USAGECTL" collect logs -o - > piped.usagectl || fail "collect to standard output"
cmp piped.usagectl changed.usagectl || fail "other bytes through a pipe"
"$USAGECTL" collect logs > out 2> errors
[ $? -eq 2 ] || fail "collect without an output"
grep -q -- "--output" errors || fail "the missing option is not named: $(cat errors)"
exit 0
