# -o writes all or nothing: the old file stays until the new one is whole.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
large_capture capture.json 2000
"$USAGECTL" records capture.json > expected || fail "exit $?"
[ "$(wc -c < expected)" -gt 100000 ] || fail "the report is too small for this test"

mkdir out
only_holds() {
  [ "$(ls -A out)" = "$1" ] || fail "out/ holds: $(ls -A out)"
}

"$USAGECTL" records capture.json -o out/report || fail "exit $?"
cmp expected out/report || fail "-o and standard output differ"
only_holds report

# A disk that is full: no file may grow beyond 50 blocks of 512 bytes here.
echo old > out/report
(
  trap '' XFSZ
  ulimit -f 50
  "$USAGECTL" records capture.json -o out/report 2> err
)
status=$?
[ $status -eq 2 ] || fail "a full disk: exit $status, expected 2"
[ "$(cat out/report)" = old ] || fail "a full disk: the old file is gone"
only_holds report
said_in_one_line err out/report

# A folder that cannot be written to.
"$USAGECTL" records capture.json -o missing/report 2> err
[ $? -eq 2 ] || fail "a missing folder: exit is not 2"
said_in_one_line err missing/report

# A folder in place of the file.
"$USAGECTL" records capture.json -o out 2> err
[ $? -eq 2 ] || fail "a folder as output: exit is not 2"
said_in_one_line err out
only_holds report

# A new file is open to whom the user lets it be.
rm out/report
(umask 027 && "$USAGECTL" records capture.json -o out/report) || fail "exit $?"
[ "$(stat -c %a out/report)" = 640 ] || fail "a new file has mode $(stat -c %a out/report)"

# An old one keeps its mode, and a link stays a link.
rm out/report
echo old > out/target
chmod 604 out/target
ln -s target out/report
"$USAGECTL" records capture.json -o out/report || fail "through a link: exit $?"
[ -L out/report ] || fail "the link was replaced by a file"
cmp expected out/target || fail "the file behind the link was not written"
[ "$(stat -c %a out/target)" = 604 ] || fail "the mode changed to $(stat -c %a out/target)"
rm out/report out/target

# A pipe is written to, not replaced.
mkfifo out/pipe
cat out/pipe > received &
"$USAGECTL" records capture.json -o out/pipe || fail "to a pipe: exit $?"
wait
[ -p out/pipe ] || fail "the pipe was replaced by a file"
cmp expected received || fail "the pipe got something else"
rm out/pipe

# A file that usage was read from is not replaced, by whatever name; an earlier report is.
mkdir logs
cp capture.json logs/
ln -s logs other_name
for output in logs/capture.json other_name/capture.json "$scratch/logs/../logs/capture.json"; do
  "$USAGECTL" summarize logs -o "$output" 2> err
  [ $? -eq 2 ] || fail "an input as output: exit is not 2"
  grep -q 'is an input' err || fail "an input as output: $(cat err)"
  cmp capture.json logs/capture.json || fail "the input was replaced"
done
for format in json table markdown; do
  "$USAGECTL" summarize logs --format $format -o logs/report || fail "a report beside its input"
  "$USAGECTL" summarize logs --format $format -o logs/report 2> err || fail "again, as $format: $(cat err)"
  rm logs/report
done
"$USAGECTL" records logs -o logs/records || fail "records beside their input"
"$USAGECTL" records logs -o logs/records 2> err || fail "records again: $(cat err)"
cmp expected logs/records 2> /dev/null || [ "$(wc -l < expected)" -eq "$(wc -l < logs/records)" ] ||
  fail "records again: their number has changed"

# A device is written to, not replaced. A copy of it, in case it is.
if mknod out/full c 1 7 2> /dev/null && [ "$( (echo > out/full) 2>&1 | grep -c 'denied')" -eq 0 ]; then
  "$USAGECTL" records capture.json -o out/full 2> err
  [ $? -eq 2 ] || fail "a full device: exit is not 2"
  [ -c out/full ] || fail "the device was replaced by a file"
  said_in_one_line err out/full
fi
exit 0
