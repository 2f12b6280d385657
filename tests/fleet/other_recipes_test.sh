# The commands that Kubernetes and Spark are given in docs/PARTIAL_FILES.md, run by a shell.
. "$TESTS/process/scratch.sh"
. "$TESTS/fleet/recipe.sh"
PATH=$(dirname "$USAGECTL"):$PATH
made_up_logs
mkdir parts
printf 'logs/codex\nlogs/kimi_wire\nlogs/sample\n' > folders.txt

grep -m 1 '^ *- usagectl collect' "$TESTS/../docs/PARTIAL_FILES.md" | sed "s/^ *- //; s|\"/parts/|\"parts/|" > recipe
[ -s recipe ] || fail "no recipe for Kubernetes"
for JOB_COMPLETION_INDEX in 0 1 2; do
  export JOB_COMPLETION_INDEX
  sh recipe 2> errors || fail "the task $JOB_COMPLETION_INDEX: $(cat errors)"
done
merges_to_the_whole parts/part.*.usagectl
rm parts/*

take_recipe '^while IFS= read' 3
sh recipe < folders.txt > done 2> errors || fail "$(cat errors)"
cmp done folders.txt || fail "not every folder is said to be collected"
merges_to_the_whole parts/*.usagectl
exit 0
