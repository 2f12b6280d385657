# Ctrl-C and kill at any moment leave the old file and nothing else.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
env --default-signal=INT true 2> /dev/null || skip "env cannot reset signals"
large_capture capture.json 60000
mkdir out
"$USAGECTL" records capture.json > expected || fail "exit $?"
is_whole() {
  cmp -s expected out/report
}

for signal in INT TERM; do
  for delay in 0 0.01 0.02 0.03 0.05 0.07 0.1 0.15; do
    echo old > out/report
    # A shell starts what it puts in the background with SIGINT ignored; a terminal does not.
    env --default-signal=INT "$USAGECTL" records capture.json -o out/report 2> err &
    process=$!
    sleep $delay
    kill -s $signal $process 2> /dev/null
    wait $process
    status=$?
    [ "$(ls -A out)" = report ] || fail "$signal after $delay s (exit $status): out/ holds $(ls -A out)"
    if [ "$(head -c 4 out/report)" != old ]; then
      is_whole || fail "$signal after $delay s: a partial report"
    elif [ $status -le 128 ]; then
      fail "$signal after $delay s: exit $status without a report hides the signal"
    fi
  done
done

# Several reports at once: none is left half-written. A pipe nobody writes to keeps the run waiting.
mkfifo endless
exec 4<> endless
for report in out/report out/second out/third; do echo old > $report; done
env --default-signal=INT "$USAGECTL" reconcile - --report junit=out/report --report json=out/second \
  --report sarif=out/third < endless > printed 2> err &
process=$!
sleep 0.3
kill -s INT $process
wait $process
status=$?
exec 4>&-
[ $status -eq 130 ] || fail "several reports: exit $status, expected 130"
[ "$(ls -A out | tr '\n' ' ')" = "report second third " ] || fail "several reports: out/ holds $(ls -A out)"
[ "$(cat out/report out/second out/third | sort -u)" = old ] || fail "several reports: an old file is gone"
rm out/second out/third

# While it waits for input.
mkfifo pipe
exec 3<> pipe
echo old > out/report
env --default-signal=INT "$USAGECTL" records - -o out/report < pipe 2> err &
process=$!
sleep 0.3
kill -s INT $process
wait $process
status=$?
[ $status -eq 130 ] || fail "interrupted while waiting: exit $status, expected 130"
[ "$(ls -A out)" = report ] || fail "interrupted while waiting: out/ holds $(ls -A out)"
[ "$(cat out/report)" = old ] || fail "interrupted while waiting: the old file is gone"

# Who was started with the signal ignored, as nohup does, is not ended by it.
(
  trap '' HUP
  exec "$USAGECTL" records - -o out/report < pipe 2> err 3>&-
) &
process=$!
sleep 0.3
kill -s HUP $process
sleep 0.2
kill -s 0 $process 2> /dev/null || fail "an ignored signal ended the run"
cat capture.json > pipe
exec 3>&-
wait $process
status=$?
[ $status -eq 0 ] || fail "an ignored signal: exit $status"
sed 's|^{"file":"-"|{"file":"capture.json"|' out/report | cmp -s expected - || fail "an ignored signal: the report is not whole"
