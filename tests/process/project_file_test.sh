# The project file is found from the current folder upward, and options win over it.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
mkdir -p project/deep/er
cp -r "$TESTDATA/formats/llmplus_token_usage/edited_output" project/logs
cat > project/.usagectl.json << 'END'
{
  "paths": ["logs"],
  "baseline": "known.json"
}
END
cd project/deep/er || exit 1

"$USAGECTL" config > out || fail "config: exit $?"
grep -q '^project file: ../../.usagectl.json$' out || fail "the file is not found: $(cat out)"
grep -q '^paths  *../../.usagectl.json:2  *../../logs$' out || fail "paths are not the file's: $(cat out)"

"$USAGECTL" reconcile > out 2> err
[ $? -eq 2 ] || fail "a baseline that is not there: exit is not 2"
said_in_one_line err ../../known.json

(cd ../.. && "$USAGECTL" reconcile --no-config --write-baseline known.json logs > ../out 2> ../err)
[ $? -eq 1 ] || fail "--no-config: $(cat ../../../err)"
"$USAGECTL" reconcile > out 2> err || fail "known findings: exit $?: $(cat out err)"
"$USAGECTL" reconcile --no-config ../../logs > out 2> err
[ $? -eq 1 ] || fail "--no-config still accepts"
"$USAGECTL" summarize > out 2> err || fail "summarize: exit $?: $(cat err)"
"$USAGECTL" summarize ../../logs > expected
cmp out expected || fail "summarize does not take the paths of the file"

# Nearer files hide those further up.
echo '{"strcit": true}' > .usagectl.json
"$USAGECTL" summarize ../../logs > out 2> err
[ $? -eq 2 ] || fail "a misspelled setting: exit is not 2"
said_in_one_line err '.usagectl.json:1:2: invalid setting "strcit"; did you mean strict?'
cd ../..

# refused REASON: the project file in the current folder is an error, for this reason.
refused() {
  "$USAGECTL" reconcile logs > out 2> err
  [ $? -eq 2 ] || fail "$1: exit is not 2"
  said_in_one_line err "$1"
}

# A project file that is found writes reports below its own folder only, and not into hidden files.
mkdir -p reports .git
ln -s "$scratch" outside
ln -s .git seemingly_visible
for place in ../bashrc outside/bashrc .git/config seemingly_visible/config .bashrc reports/.hidden; do
  printf '{"reports": ["junit=%s"]}' "$place" > .usagectl.json
  case $place in
    ../* | outside/*) refused 'is outside the folder of the project file' ;;
    *) refused 'is a hidden file or in a hidden folder' ;;
  esac
done
[ ! -e ../bashrc ] && [ ! -e .git/config ] && [ ! -e .bashrc ] || fail "a refused report was written"

# Each file that it makes the program write is named.
printf '{"reports": ["junit=reports/usage.xml", "json=reports/usage.json"]}' > .usagectl.json
"$USAGECTL" reconcile logs > out 2> err
[ $? -eq 1 ] || fail "reports of a project file: exit is not 1"
[ -s reports/usage.xml ] && [ -s reports/usage.json ] || fail "the reports are missing"
grep -q '^usagectl: wrote reports/usage.xml, as .usagectl.json:1 asks$' err || fail "the file is not named: $(cat err)"
grep -q '^usagectl: wrote reports/usage.json, ' err || fail "the second file is not named: $(cat err)"
"$USAGECTL" reconcile --report json=mine.json logs > out 2> err
[ ! -s err ] || fail "a file of the command line is named as the project file's: $(cat err)"

# Devices, FIFOs, folders and large files are not read.
rm .usagectl.json
mkfifo .usagectl.json
refused '.usagectl.json: not a regular file'
rm .usagectl.json
ln -s /dev/zero .usagectl.json
refused '.usagectl.json: not a regular file'
rm .usagectl.json
mkdir .usagectl.json
refused '.usagectl.json: not a regular file'
rmdir .usagectl.json
head -c 1048577 /dev/zero | tr '\0' ' ' > .usagectl.json
refused '.usagectl.json: larger than 1 MiB'
printf '{"baseline": "/dev/zero"}' > .usagectl.json
refused 'baseline: /dev/zero: not a regular file'
printf '{"dialects": "large.json"}' > .usagectl.json
head -c 1048577 /dev/zero > large.json
refused 'dialects: large.json: larger than 1 MiB'

# Nor does it make the program write into what is no file, or read what has no end.
rm -f .usagectl.json large.json
mkfifo reports/pipe
printf '{"reports": ["junit=reports/pipe"]}' > .usagectl.json
refused 'reports/pipe is not a regular file'
printf '{"paths": ["/dev/zero"]}' > .usagectl.json
refused 'paths: /dev/zero: not a regular file or folder'

# Where it lies: in the repository, or in the home folder.
rm .usagectl.json
echo '{"strict": true}' > ../.usagectl.json
export HOME=/nonexistent
refused '../.usagectl.json: is outside the repository'
HOME=$scratch "$USAGECTL" reconcile logs > out 2> err
[ $? -eq 1 ] || fail "a project file in the home folder: $(cat err)"
rm -r .git seemingly_visible
"$USAGECTL" reconcile logs > out 2> err
[ $? -eq 1 ] || fail "a project file above, without a repository: $(cat err)"
chmod 777 ..
refused '../.usagectl.json: lies in a folder that everyone may write to'
chmod 755 ..
rm ../.usagectl.json

# It must belong to the user or to root; one that is named is trusted.
if [ "$(id -u)" -eq 0 ]; then
  echo '{"strict": true}' > .usagectl.json
  chown 12345 .usagectl.json
  refused '.usagectl.json: belongs to another user'
  rm .usagectl.json
  echo '{"strict": true}' > ours.json
  ln -s ours.json .usagectl.json
  chown -h 12345 .usagectl.json
  refused '.usagectl.json: belongs to another user'
  rm .usagectl.json
  echo '{"strict": true}' > .usagectl.json
  chown 12345 .usagectl.json
  "$USAGECTL" reconcile --config .usagectl.json logs > out 2> err
  [ $? -eq 1 ] || fail "--config of a file of another user: $(cat err)"
  "$USAGECTL" reconcile --no-config logs > out 2> err
  [ $? -eq 1 ] || fail "--no-config beside a file of another user: $(cat err)"
fi
exit 0
