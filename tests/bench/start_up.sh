#!/bin/sh
# tests/bench/start_up.sh [USAGECTL]: how long `usagectl reconcile` takes on one small file, as a
# ratio to `jq .` on the same file in the same run. Needs jq.
set -eu
cd "$(dirname "$0")/../.."
usagectl=${1:-build/release/src/usagectl}
file=testdata/sample/jobs/draft/token_usage.json
runs=200

seconds() {
  start=$(date +%s%N)
  i=0
  while [ $i -lt $runs ]; do
    "$@" > /dev/null 2>&1 || true
    i=$((i + 1))
  done
  end=$(date +%s%N)
  echo $((end - start))
}

# Interleaved, so that a busy moment of the machine hits both.
ours=0
theirs=0
for _ in 1 2 3; do
  ours=$((ours + $(seconds "$usagectl" reconcile "$file")))
  theirs=$((theirs + $(seconds jq . "$file")))
done
awk -v ours=$ours -v theirs=$theirs -v runs=$((runs * 3)) 'BEGIN {
  printf "usagectl reconcile  %.2f ms\njq .                %.2f ms\nratio               %.2f\n",
         ours / runs / 1e6, theirs / runs / 1e6, ours / theirs
}'
