# Files that are not as files should be: gone, unreadable, endless folders, odd names.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
mkdir folder
large_capture folder/sound.json 3

"$USAGECTL" summarize no_such_file.json > out 2> err
[ $? -eq 2 ] || fail "a missing file: exit is not 2"
said_in_one_line err no_such_file.json

# The rest is still read.
"$USAGECTL" summarize --format json no_such_file.json folder > out 2> err
[ $? -eq 2 ] || fail "a missing file beside a sound one: exit is not 2"
grep -q '"a-model"' out || fail "the sound file was not read: $(cat out)"

if [ "$(id -u)" -ne 0 ]; then
  cp folder/sound.json folder/locked.json
  chmod 000 folder/locked.json
  "$USAGECTL" summarize folder > out 2> err
  [ $? -eq 2 ] || fail "an unreadable file: exit is not 2"
  grep -q locked.json err || fail "an unreadable file is not named: $(cat err)"
  rm -f folder/locked.json
fi

# Loops of links and a pipe nobody writes to: the walk ends.
ln -s . folder/loop
ln -s nowhere folder/dangling
mkfifo folder/pipe
timeout 20 "$USAGECTL" summarize folder > out 2> err
status=$?
[ $status -ne 124 ] || fail "a folder with a loop and a pipe never ends"
grep -q a-model out || fail "the sound file was not read: $(cat out err)"

# A name is shown, not obeyed.
escape=$(printf '\033]0;title\007')
cp folder/sound.json "$escape.json"
"$USAGECTL" summarize --by file "$escape.json" "missing$escape" > out 2> err
if grep -q "$(printf '\033')" out err; then fail "an escape sequence in a name reaches the terminal"; fi
for format in json csv markdown; do
  "$USAGECTL" records --format $format "$escape.json" > out 2> err
  if grep -q "$(printf '\033')" out err; then fail "an escape sequence in a name reaches $format"; fi
done

# As deep as may be, with the smallest stack that a thread has anywhere.
if ! readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  deep() {
    printf '%*s' "$1" '' | sed "s/ /$2/g"
  }
  for levels in 254 255 400 1024; do
    { deep $levels '{"usage":'; printf '{"input_tokens":1,"output_tokens":1}'; deep $levels '}'; } > deep.json
    { deep $levels '['; deep $levels ']'; } > deep_list.json
    for command in summarize reconcile inspect records; do
      for file in deep.json deep_list.json; do
        (ulimit -s 1024; exec "$USAGECTL" $command $file) > out 2> err
        [ $? -le 2 ] || fail "$command of $levels levels in $file: $(cat err)"
      done
    done
  done
fi

# A log that is cut behind an inner brace has lost a line.
printf '%s\n%s' '{"id":"a","model":"m","usage":{"prompt_tokens":1,"completion_tokens":1}}' \
  '{"content":[{"type":"text"}' > cut.jsonl
"$USAGECTL" summarize cut.jsonl > out 2> err
[ $? -eq 2 ] || fail "a cut last line passes: $(cat out err)"
said_in_one_line err unfinished

# A device of zeros and what unpacks to them are known by their start.
timeout 20 "$USAGECTL" summarize /dev/zero > out 2> err
[ $? -eq 2 ] || fail "/dev/zero: exit is not 2"
said_in_one_line err "NUL byte"
head -c 50000000 /dev/zero | gzip -1 > zeros.gz
timeout 20 "$USAGECTL" summarize zeros.gz > out 2> err
[ $? -eq 2 ] || fail "zeros in a gzip file: exit is not 2"
said_in_one_line err "NUL byte"

# A file that may not grow is an error of one line, and leaves the old report as it was.
echo old > report.json
large_capture folder/large.json 2000
(ulimit -f 1; exec "$USAGECTL" records folder -o report.json) > out 2> err
[ $? -eq 2 ] || fail "a file that may not grow: exit is not 2"
said_in_one_line err "File too large"
[ "$(cat report.json)" = old ] || fail "the old report is gone"
exit 0
