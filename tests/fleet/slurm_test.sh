# The recipe for Slurm in docs/PARTIAL_FILES.md, run as it stands there on a cluster of this machine: an array job
# that collects, and a job that merges.
. "$TESTS/process/scratch.sh"
. "$TESTS/fleet/slurm.sh"
. "$TESTS/fleet/recipe.sh"
trap 'slurm_stop; rm -rf "$scratch"' EXIT
slurm_start
take_recipe '^job=' 3
made_up_logs
find logs -mindepth 1 -maxdepth 1 | sort > folders.txt
sed -i "s/1-64/1-$(wc -l < folders.txt)/" recipe
PATH=$(dirname "$USAGECTL"):$PATH timeout 200 sh recipe > jobs 2>&1
status=$?
[ "$(ls part.*.usagectl | wc -l)" -eq "$(wc -l < folders.txt)" ] ||
  fail "not every task has collected: $(cat jobs slurm-*.out)"
"$USAGECTL" reconcile -o whole.txt $(cat folders.txt) 2> /dev/null
[ $? -eq $status ] || fail "the job ends with $status: $(cat jobs slurm-*.out)"
cmp whole.txt report.txt || fail "another report"
exit 0
