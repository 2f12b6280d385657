# Of a fleet's partial files, those that are cut off, damaged or of another version are named, one line each, and
# what the others hold is counted.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
cd "$scratch" || exit 1
PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/engines/generate.py" 8000 8 logs || fail "generate"
for node in logs/node-*; do
  "$USAGECTL" collect "$node" -o "$(basename "$node").usagectl" || fail "collect of $node"
done
python3 - << 'P' || fail "no files to damage"
import re

def change(node, of):
    name = f"node-{node:02}.usagectl"
    with open(name, "rb") as file:
        bytes_ = file.read()
    with open(name, "wb") as file:
        file.write(of(bytearray(bytes_)))

change(1, lambda b: b[: len(b) // 2])  # a copy that was interrupted
change(2, lambda b: b[:-1])  # its last byte
change(3, lambda b: b[: len(b) // 3] + bytes([b[len(b) // 3] ^ 1]) + b[len(b) // 3 + 1 :])  # a flipped bit

def of_version(step):
    return lambda b: re.sub(rb"^([^\n]*?)(\d+)(,)", lambda m: m[1] + b"%d" % (int(m[2]) + step) + m[3], bytes(b), count=1)

change(4, of_version(-1))  # of an older program
change(5, of_version(1))  # of a newer one
change(6, lambda b: b"")  # a full disk
P
"$USAGECTL" summarize --format json node-00.usagectl node-07.usagectl > sound.json 2> /dev/null || fail "two sound files"
"$USAGECTL" summarize --format json node-*.usagectl > all.json 2> errors
[ $? -eq 2 ] || fail "damaged files pass"
for node in 01 02 03 04 05 06; do
  [ "$(grep -c "^usagectl: .*node-$node.usagectl" errors)" -eq 1 ] || fail "node-$node is not named once: $(cat errors)"
done
grep -q 'node-0[07]' errors && grep 'node-0[07].usagectl' errors && fail "a sound file is named"
for node in 04 05; do
  grep -q "node-$node.usagectl: is a partial file of version [0-9]*, and version [0-9]* can be read" errors ||
    fail "the version of node-$node is not said: $(cat errors)"
done
python3 - << 'P' || fail "what is sound is not counted"
import json
sound, every = (json.load(open(name)) for name in ("sound.json", "all.json"))
assert every["inputs"]["counted"] >= sound["inputs"]["counted"] > 0, (every["inputs"], sound["inputs"])
for counter, count in sound["total"]["tokens"].items():
    assert count is None or every["total"]["tokens"][counter] >= count, counter
# What a damaged file loses is said: a file that is counted in part would be silent.
print(sound["inputs"]["counted"], "records in the sound files,", every["inputs"]["counted"], "counted")
P
cat errors
exit 0
