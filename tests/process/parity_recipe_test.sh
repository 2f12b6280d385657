# The parity recipe of docs/CI.md, run as a CI runs it: over two sound clients of one provider, and with
# one planted violation of each criterion, which has to fail and to be named.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1

# The commands of the recipe, one a line.
awk '
  /^## / { inside = ($0 == "## Parity of clients") }
  !inside { next }
  /^```yaml$/ { block = 1; next }
  /^```$/ { block = 0; next }
  block && (joined != "" || /^ *usagectl /) {
    line = $0
    sub(/^ */, "", line)
    more = sub(/\\$/, "", line)
    joined = joined line
    if (!more) { print joined; joined = "" }
  }
' "$TESTS/../docs/CI.md" > commands
[ "$(wc -l < commands)" -eq 2 ] || fail "expected two commands in the recipe: $(cat commands)"

PATH=$(dirname "$USAGECTL"):$PATH
GITHUB_STEP_SUMMARY=$scratch/summary.md
export PATH GITHUB_STEP_SUMMARY

sound() {
  rm -rf raw python.json rust.json
  cp -r "$TESTDATA/parity/raw" "$TESTDATA/parity/python.json" "$TESTDATA/parity/rust.json" .
}

# change FILE FROM TO: one planted change, which has to change something.
change() {
  cp "$1" before
  sed -i "s/$2/$3/" "$1"
  cmp -s before "$1" && fail "nothing to change: $2 in $1"
}

# run NUMBER STATUS: the command of that number ends with it; its output is in out.
run() {
  rm -f summary.md parity.sarif parity.xml contract.xml
  sh -c "$(sed -n "$1p" commands)" > out 2> err
  status=$?
  [ $status -eq "$2" ] || fail "exit $status, expected $2: $(sed -n "$1p" commands): $(cat out err)"
  [ -s "$3" ] || fail "no $3"
}

# named WHAT TEXT: the annotations and the report name it.
named() {
  grep -q -F -- "$2" out || fail "$1 is not named \"$2\": $(cat out)"
}

sound
run 1 0 contract.xml
grep -q 'failures="0" errors="0"' contract.xml || fail "sound clients break the contract: $(cat contract.xml)"
run 2 0 parity.xml
grep -q 'failures="0" errors="0"' parity.xml || fail "sound clients differ: $(cat parity.xml)"
grep -q 'parity holds' summary.md || fail "the summary does not say that parity holds: $(cat summary.md)"

# 1. The same keys, with the same meaning.
sound; change rust.json '"cache_write": 300, ' ''
run 2 1 parity.xml
sound; sed -i 's/"cache_write": [0-9]*, //' rust.json
run 2 1 parity.xml
named 'a missing key' 'the key cache_write is only in A'
named 'a missing key' '[key-on-one-side]'
grep -q '"ruleId": "parity"' parity.sarif || fail "no result in SARIF"
sound; sed -i 's/total_tokens/totalTokens/' rust.json
run 2 1 parity.xml
named 'a key in camel case' 'the key totalTokens is only in B'
cp "$TESTDATA/parity/normalized.json" rust.json
run 2 1 parity.xml
named 'another meaning' 'cache_read_in_input is included in A and excluded in B'

# 2. The total is the provider's.
sound; sed -i 's/"total_tokens":1350/"total_tokens":1357/' raw/2.sse
run 1 1 contract.xml
named 'a recomputed total' 'total recomputed as input + output'
named 'a recomputed total' '1350, and the provider said 1357'
named 'a recomputed total' '[total-recomputed]'
sed -i 's/"total_tokens": 1350/"total_tokens": 1357/' python.json rust.json
run 1 0 contract.xml

# 3. Reasoning is not added to output.
sound; change rust.json '"output": 310' '"output": 510'
change rust.json '"output": 150' '"output": 214'
change rust.json '"output": 70' '"output": 100'
run 1 1 contract.xml
named 'added reasoning' 'output = completion + reasoning in 3 of 3 calls'
named 'added reasoning' '[reasoning-added]'
grep -q '<failure' contract.xml || fail "no failure in JUnit"
named 'the file of the client' 'file=rust.json'

# 4. Cache writes are reported when the provider reports them.
sound; change rust.json '"cache_write": 300' '"cache_write": 0'
run 1 1 contract.xml
named 'a dropped cache write' 'cache_write is 0 in 1 of 3 calls: 0, and the provider said 300'
named 'a dropped cache write' '[cache-write-dropped]'

# Input is what the provider counted, cache included.
sound; change rust.json '"input": 900' '"input": 388'
run 1 1 contract.xml
named 'input without the cache' 'input = prompt − cached'
named 'input without the cache' '[cache-left-out]'

# Of two cache keys the explicit one counts, also where it says 0.
sound; change rust.json '"cache_read": 0, "cache_write": 0, "total_tokens": 520' '"cache_read": 48, "cache_write": 0, "total_tokens": 520'
run 1 1 contract.xml
named 'the precedence of cache keys' 'cache_read taken from details although the explicit key says 0'
named 'the precedence of cache keys' '[cache-key-precedence]'

# A number from nowhere.
sound; change rust.json '"output": 150' '"output": 151'
run 1 1 contract.xml
named 'a wrong number' 'output fits nothing that the provider said'

# A call that the client lost.
sound; sed -i '/"timestamp": 2/d' rust.json
run 1 0 contract.xml
"$USAGECTL" diff --require records raw rust.json > out 2> err && fail "a lost call passes: $(cat out)"
named 'a lost call' 'only in A: raw/2.sse:5 /usage'

# Accepted differences.
cp "$TESTDATA/parity/normalized.json" rust.json
"$USAGECTL" diff --parity --write-baseline accepted.json python.json rust.json > out 2> err
"$USAGECTL" diff --parity --baseline accepted.json python.json rust.json > out 2> err ||
  fail "accepted differences fail: $(cat out err)"
grep -q 'accepted by accepted.json' err || fail "nothing says what was accepted: $(cat err)"
exit 0
