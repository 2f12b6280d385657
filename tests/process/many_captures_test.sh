# A hundred mixed captures, two of them faulty and one unreadable, in one run: every report tells the
# three apart.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1

mkdir logs
number=0
while [ $number -lt 97 ]; do
  number=$((number + 1))
  folder=$(printf 'logs/%03d' $number)
  case $((number % 4)) in
    0) mkdir "$folder"; large_capture "$folder/token_usage.json" $number ;;
    # Ids of their own: the same call in two files would be worth a warning.
    1) mkdir "$folder"; sed "s/made-up-/made-up-$number-/g" "$TESTDATA/diff/sound.jsonl" > "$folder/calls.jsonl" ;;
    2) mkdir "$folder"; sed "s/made-up-/made-up-$number-/g" "$TESTDATA/diff/total_given.jsonl" > "$folder/calls.jsonl" ;;
    3) mkdir "$folder"; large_capture "$folder/session.json" $((number + 100)) ;;
  esac
done
mkdir logs/faulty logs/torn "logs/odd, 100%: name"
sed 's/"output_tokens":8,/"output_tokens":9,/' logs/004/token_usage.json > logs/faulty/token_usage.json
cmp -s logs/004/token_usage.json logs/faulty/token_usage.json && fail "the fault was not planted"
sed 's/"requests":12,/"requests":13,/' logs/012/token_usage.json > "logs/odd, 100%: name/token_usage.json"
cmp -s logs/012/token_usage.json "logs/odd, 100%: name/token_usage.json" && fail "the fault was not planted"
head -c 200 logs/096/token_usage.json > logs/torn/token_usage.json
[ "$(find logs -type f | wc -l)" -eq 100 ] || fail "there are $(find logs -type f | wc -l) captures"

"$USAGECTL" reconcile logs --report junit=out.xml --report sarif=out.sarif --report markdown=out.md \
  --report github=out.github --report json=out.json > out.txt 2> err
status=$?
[ $status -eq 2 ] || fail "exit $status, expected 2: $(cat err)"
said_in_one_line err logs/torn/token_usage.json

# In every report the two are findings and the one is trouble.
grep -q '^logs/faulty/token_usage.json:1  /after/a-model/output_tokens$' out.txt || fail "table: $(cat out.txt)"
grep -q '^not read: logs/torn/token_usage.json' out.txt || fail "table: $(cat out.txt)"
grep -q '| error | logs/faulty/token' out.md || fail "markdown: $(cat out.md)"
grep -q '| error | logs/odd, 100%: name/token' out.md || fail "markdown: $(cat out.md)"
grep -q '^- logs/torn/token_usage.json' out.md || fail "markdown: $(cat out.md)"
grep -q 'file=logs/odd%2C 100%25%3A name/token_usage.json,line=1,col=[0-9]*,title=usagectl%3A count::' out.github || fail "github: $(cat out.github)"
grep -q '^::error file=logs/torn/token_usage.json,line=1,col=201,title=usagectl%3A unreadable::' out.github || fail "github: $(cat out.github)"
grep -q '"uri": "logs/odd%2C%20100%25%3A%20name/token_usage.json"' out.sarif || fail "sarif: $(cat out.sarif)"
grep -q '"executionSuccessful": false' out.sarif || fail "sarif: $(cat out.sarif)"
grep -q '<testsuites name="usagectl" tests="100" failures="2" errors="1"' out.xml || fail "junit: $(head -n 3 out.xml)"
grep -A 1 'classname="logs/torn/token_usage.json"' out.xml | grep -q '^<error type="unreadable"' || fail "junit: $(cat out.xml)"

if command -v xmllint > /dev/null; then xmllint --noout out.xml || fail "junit: no XML"; fi
if command -v jq > /dev/null; then
  [ "$(jq '.runs[0].results | length' out.sarif)" -eq 2 ] || fail "sarif: $(jq .runs[0].results out.sarif)"
  [ "$(jq -c '[.findings[].file] | unique | length' out.json)" -eq 2 ] || fail "json: $(cat out.json)"
fi

# The order of reports and the number of threads change no byte.
for format in junit sarif markdown github json table; do
  "$USAGECTL" reconcile logs --threads 1 --report $format=again.$format > /dev/null 2>&1
done
cmp out.xml again.junit && cmp out.sarif again.sarif && cmp out.md again.markdown && cmp out.github again.github &&
  cmp out.json again.json && cmp out.txt again.table || fail "a report is not the same again"

# Known faults are accepted, trouble is not.
"$USAGECTL" reconcile logs --write-baseline known.json > /dev/null 2>&1
"$USAGECTL" reconcile logs --baseline known.json > out.txt 2> err
[ $? -eq 2 ] || fail "a baseline must not hide what could not be read"
rm -r logs/torn
"$USAGECTL" reconcile logs --baseline known.json > out.txt 2> err || fail "known faults: exit $?: $(cat out.txt)"

# One report that cannot be written: none of the others is put in place.
"$USAGECTL" reconcile logs --report junit=new.xml --report sarif=missing/out.sarif > out.txt 2> err
[ $? -eq 2 ] || fail "an unwritable report: exit is not 2"
said_in_one_line err missing/out.sarif
[ ! -e new.xml ] || fail "a report was written though another could not be"
[ "$(find . -name '*.xml.*' | wc -l)" -eq 0 ] || fail "something half-written is left behind"
exit 0
