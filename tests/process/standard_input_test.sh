# "-" is standard input, from a file as from a pipe, and may be empty or closed.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
large_capture capture.json 20000
"$USAGECTL" reconcile --format json - < capture.json > from_file || fail "from a file: exit $?"
cat capture.json | "$USAGECTL" reconcile --format json - > from_pipe || fail "from a pipe: exit $?"
cmp from_file from_pipe || fail "a pipe and a file give different reports"
# Slow writers come in pieces.
{ head -c 1000 capture.json; sleep 0.2; tail -c +1001 capture.json; } |
  "$USAGECTL" reconcile --format json - > from_slow || fail "from a slow pipe: exit $?"
cmp from_file from_slow || fail "a slow pipe gives a different report"

"$USAGECTL" summarize - < /dev/null > out 2> err
[ $? -eq 2 ] || fail "empty standard input: exit is not 2"
said_in_one_line err empty
"$USAGECTL" summarize - <&- > out 2> err
[ $? -eq 2 ] || fail "closed standard input: exit is not 2"
[ -s err ] || fail "closed standard input: nothing said"
"$USAGECTL" summarize - < "$scratch" > out 2> err
[ $? -eq 2 ] || fail "a folder as standard input: exit is not 2"
[ -s err ] || fail "a folder as standard input: nothing said"

# A file of that name in a folder is a file.
mkdir folder
cp capture.json folder/-
(cd folder && "$USAGECTL" summarize < /dev/null > ../out 2> ../err) || fail "a file called -: $(cat err)"
grep -q '^1 file, ' out || fail "a file called - was not read: $(cat out)"
exit 0
