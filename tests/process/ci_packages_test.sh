# The GitHub action, the hook of pre-commit and the GitLab template, run as their servers run them: the
# commands that the files name, with the variables that the servers set.
. "$TESTS/process/scratch.sh"
command -v git > /dev/null || skip "git is not installed"
sources=$(cd "$TESTS/.." && pwd)
PATH=$(dirname "$USAGECTL"):$PATH
GITHUB_ACTION_PATH=$sources
GITHUB_OUTPUT=$scratch/output
GITHUB_STEP_SUMMARY=$scratch/summary.md
export PATH GITHUB_ACTION_PATH GITHUB_OUTPUT GITHUB_STEP_SUMMARY
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@invalid GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@invalid
export HOME="$scratch"

# script_of FILE NUMBER: the so-manieth block below "run: |".
script_of() {
  awk -v wanted="$2" '
    /^ *run: \|$/ { ++number; indent = index($0, "run:"); next }
    number == wanted && match($0, /[^ ]/) && RSTART <= indent { exit }
    number == wanted { print }
  ' "$1"
}

# A repository whose logs are sound, and then are not.
mkdir -p "$scratch/repository" && cd "$scratch/repository" || exit 1
git init -q -b main .
cp -r "$TESTDATA/formats/llmplus_token_usage/job" logs
git add . && git commit -q -m sound

script_of "$sources/action.yml" 1 > "$scratch/install.sh"
script_of "$sources/action.yml" 2 > "$scratch/audit.sh"
grep -q install.sh "$scratch/install.sh" || fail "no first step: $(cat "$scratch/install.sh")"
grep -q audit.sh "$scratch/audit.sh" || fail "no second step: $(cat "$scratch/audit.sh")"

# action EXPECTED: both steps, as `bash -e` runs them.
action() {
  rm -rf usagectl-reports "$GITHUB_STEP_SUMMARY"
  USAGECTL_PACKAGE='' bash -e "$scratch/install.sh" > "$scratch/out" 2>&1 || fail "install: $(cat "$scratch/out")"
  USAGECTL_PATHS=logs USAGECTL_REPORTS=usagectl-reports bash -e "$scratch/audit.sh" > "$scratch/out" 2> "$scratch/err"
  status=$?
  [ $status -eq "$1" ] || fail "the action exits with $status, expected $1: $(cat "$scratch/err")"
  [ -s usagectl-reports/usagectl.sarif ] || fail "no SARIF"
  [ -s usagectl-reports/reconcile.html ] || fail "no page"
  [ -s "$GITHUB_STEP_SUMMARY" ] || fail "no summary"
}
export USAGECTL_BASE='' USAGECTL_DIFF=''
action 0
grep -q '^sarif=usagectl-reports/usagectl.sarif$' "$GITHUB_OUTPUT" || fail "no output sarif"

USAGECTL_BASE=main
action 0
grep -q '^### same' "$GITHUB_STEP_SUMMARY" || fail "no comparison: $(cat "$GITHUB_STEP_SUMMARY")"

rm -r logs && cp -r "$TESTDATA/formats/llmplus_token_usage/edited_output" logs
sed 's/"input_tokens":1200/"input_tokens":1300/' logs/token_usage.json > "$scratch/edited" && cp "$scratch/edited" logs/token_usage.json
USAGECTL_DIFF='--require values'
action 1
grep -q '::error ' "$scratch/out" || fail "no annotation: $(cat "$scratch/out")"
grep -q '^### different' "$GITHUB_STEP_SUMMARY" || fail "no difference: $(cat "$GITHUB_STEP_SUMMARY")"

echo '{' > logs/torn.json
action 2

# The hook is given the names of files.
entry=$(sed -n 's/^ *entry: //p' "$sources/.pre-commit-hooks.yaml")
[ -n "$entry" ] || fail "no entry in .pre-commit-hooks.yaml"
$entry "$TESTDATA/formats/llmplus_token_usage/job/token_usage.json" > "$scratch/out" 2>&1 ||
  fail "the hook refuses a sound file: $(cat "$scratch/out")"
$entry logs/token_usage.json > "$scratch/out" 2>&1
[ $? -eq 1 ] || fail "the hook takes a faulty file: $(cat "$scratch/out")"
if command -v pre-commit > /dev/null; then
  rm logs/torn.json && git add . && pre-commit try-repo "$sources" usagectl-reconcile --all-files > "$scratch/out" 2>&1
  [ $? -eq 1 ] || fail "pre-commit takes a faulty file: $(cat "$scratch/out")"
else
  echo "pre-commit is not installed: its hook was run without it"
fi

# GitLab runs the lines of the script in one shell.
sed -n '/^  script:/,/^  [a-rt-z]/s/^ *- //p' "$sources/packaging/ci/gitlab.yml" > "$scratch/job.sh"
[ -s "$scratch/job.sh" ] || fail "no script in gitlab.yml"
USAGECTL_PATHS=logs sh -e "$scratch/job.sh" > "$scratch/out" 2>&1
[ $? -ge 1 ] || fail "the job of GitLab takes a faulty file: $(cat "$scratch/out")"
for report in usagectl.xml usagectl.html; do
  [ -s $report ] || fail "no $report"
  grep -q "$report" "$sources/packaging/ci/gitlab.yml" || fail "$report is no artifact"
done
exit 0
