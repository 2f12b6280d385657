# The program that is installed unpacks every packing that the README promises: it loads libarchive
# by its name, which the unit tests are linked to.
set -eu
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '%s\n' '{"id":"a","object":"chat.completion","model":"m","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}' > a.json
python3 - << 'END'
import bz2, gzip, lzma, tarfile, zipfile

for name, mode in (("tar", ""), ("tar.gz", "gz"), ("tar.bz2", "bz2"), ("tar.xz", "xz")):
    with tarfile.open(f"packed.{name}", f"w:{mode}") as archive:
        archive.add("a.json")
for name, method in (("stored", 0), ("deflated", 8), ("bzip2", 12), ("lzma", 14)):
    with zipfile.ZipFile(f"{name}.zip", "w", method) as archive:
        archive.write("a.json")
for name, module in (("gz", gzip), ("bz2", bz2), ("xz", lzma)):
    with module.open(f"a.json.{name}", "wb") as packed:
        packed.write(open("a.json", "rb").read())
END
for file in packed.* ./*.zip a.json.*; do
  "$USAGECTL" summarize --no-config --format json "$file" > report.json ||
    { echo "$file: exit status $?"; exit 1; }
  grep -q '"total":15' report.json || grep -q '"total": 15' report.json ||
    { echo "$file: not 15 tokens"; exit 1; }
done

# A long log is no place for totals, wherever it has become one: what was kept of its first part goes.
python3 - << 'END'
import gzip
import json

with gzip.open("long.jsonl.gz", "wt") as log:
    log.write('{"model":"m","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\n')
    for i in range(200_000):
        usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        log.write(json.dumps({"id": f"call-{i}", "model": "m", "usage": usage}) + "\n")
END
gzip -dc long.jsonl.gz > long.jsonl
for file in long.jsonl.gz long.jsonl; do
  "$USAGECTL" summarize --no-config --format csv "$file" > "$file.csv"
done
cmp long.jsonl.gz.csv long.jsonl.csv
"$USAGECTL" summarize --no-config --format csv - < long.jsonl | cmp - long.jsonl.csv
