# A report that cannot be written is trouble, whatever its size, and is said in one line.
. "$TESTS/process/scratch.sh"
[ -c /dev/full ] || skip "no /dev/full"
large_capture "$scratch/small.json" 3
large_capture "$scratch/large.json" 20000
for capture in small large; do
  for command in summarize reconcile records; do
    "$USAGECTL" $command "$scratch/$capture.json" > /dev/full 2> "$scratch/err"
    status=$?
    [ $status -eq 2 ] || fail "$command of the $capture capture: exit $status, expected 2"
    said_in_one_line "$scratch/err" "No space left on device"
  done
done
for option in --help --version; do
  "$USAGECTL" $option > /dev/full 2> "$scratch/err"
  status=$?
  [ $status -eq 2 ] || fail "$option: exit $status, expected 2"
  said_in_one_line "$scratch/err" "No space left on device"
done
