#!/bin/sh
# run_test.sh GENERATOR PROGRAM SOURCES: run.py with those works that need no tools from elsewhere,
# on files of some kilobytes. All answers are right, and a wrong one is noticed; no time matters.
set -eu
generator=$1
program=$2
sources=$3
if ! command -v python3 > /dev/null; then
  echo "python3 is not installed"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

run() {
  python3 -B "$sources/run.py" --usagectl "$program" --generator "$generator" --data "$scratch" \
    --scale 0.001 --runs 1 "$@" > "$scratch/said" 2>&1
}

if ! run --only sessions --only diff --only small-files --only compressed --only doubling \
  --only one-map --only one-id --only outputs --only serial; then
  cat "$scratch/said"
  exit 1
fi

for work in small-files:small_files-0.001 one-map:usage_map-0.001 one-id:one_id-0.001 \
  compressed:transcripts-0.001-zst outputs:usage_log-0.00025; do
  sed 's/"total": *\([0-9]\)/"total":9\1/g' "$scratch/${work#*:}/expected.json" > "$scratch/wrong"
  cp "$scratch/wrong" "$scratch/${work#*:}/expected.json"
  if run --only "${work%%:*}"; then
    echo "${work%%:*}: a wrong answer was not noticed"
    exit 1
  fi
done
