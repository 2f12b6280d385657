#!/bin/sh
# generator_test.sh PROGRAM SOURCES: the same seed makes the same bytes, another seed others, and
# what the files add up to is what expected.json says.
set -eu
program=$1
sources=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$program" --scale 0.002 --seed 7 "$scratch/a"
"$program" --scale 0.002 --seed 7 "$scratch/b"
diff -rq "$scratch/a" "$scratch/b"

"$program" --scale 0.002 --seed 8 --set usage_log "$scratch/c"
if cmp -s "$scratch/a/usage_log/usage_log.jsonl" "$scratch/c/usage_log/usage_log.jsonl"; then
  echo "another seed made the same file"
  exit 1
fi

# The one file holds the lines of the many.
find "$scratch/a/transcripts" -type f -exec cat {} + | LC_ALL=C sort > "$scratch/many"
find "$scratch/a/transcripts_one_file" -type f -exec cat {} + | LC_ALL=C sort > "$scratch/one"
cmp "$scratch/many" "$scratch/one"

if command -v python3 > /dev/null; then
  python3 "$sources/recount.py" "$scratch/a"
else
  echo "without python3 the sums are not recounted"
fi
