# A reader that has seen enough is no trouble: nothing is said.
. "$TESTS/process/scratch.sh"
large_capture "$scratch/large.json" 20000
{ "$USAGECTL" records "$scratch/large.json" 2> "$scratch/err"; echo $? > "$scratch/status"; } |
  head -n 1 > "$scratch/out"
[ "$(wc -l < "$scratch/out")" -eq 1 ] || fail "expected one line, got $(wc -l < "$scratch/out")"
[ -s "$scratch/err" ] && fail "said: $(cat "$scratch/err")"
status=$(cat "$scratch/status")
case $status in
  0 | 141) ;; # ended by itself, or by SIGPIPE as other tools are
  *) fail "exit $status" ;;
esac

# A pipe that is closed from the start.
"$USAGECTL" summarize "$scratch/large.json" 2> "$scratch/err" | true
[ -s "$scratch/err" ] && fail "said: $(cat "$scratch/err")"

# Standard output that is not open at all is no quiet end: the report is lost.
"$USAGECTL" summarize "$scratch/large.json" >&- 2> "$scratch/err"
status=$?
[ $status -eq 2 ] || fail "closed standard output: exit $status, expected 2"
said_in_one_line "$scratch/err" "standard output"

# What is said on a descriptor that is not open goes nowhere, and into no file that is opened later.
for closed in '>&-' '2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
  rm -f "$scratch/baseline"
  eval '"$USAGECTL" reconcile "$scratch/large.json" --write-baseline "$scratch/baseline"' "$closed"
  [ ! -e "$scratch/baseline" ] || tail -n 1 "$scratch/baseline" | grep -qx '}' ||
    fail "closed $closed: the baseline ends in $(tail -n 1 "$scratch/baseline")"
done
