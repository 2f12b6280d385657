# The pages of --format html in a real browser: no error, nothing loaded, nothing executed, readable in
# light and dark, on a phone and on paper.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
command -v chromedriver > /dev/null || skip "chromedriver is not installed: apt-get install chromium-driver"
command -v chromium > /dev/null || skip "chromium is not installed: apt-get install chromium"
pages=$scratch/pages
mkdir "$pages" "$scratch/hostile"
cd "$TESTDATA" || exit 1

# page NAME ARGUMENT…: writes a page to $pages/NAME.html. Findings are part of it.
page() {
  name=$1
  shift
  "$USAGECTL" "$@" --no-config --format html -o "$pages/$name.html" 2> "$scratch/err"
  [ $? -le 2 ] || fail "$*: $(cat "$scratch/err")"
  [ -s "$pages/$name.html" ] || fail "no page: $*"
}

# Names that would do something in a page that does not escape them.
awk 'BEGIN {
  names[1] = "<script>window.hostile=1</script>"
  names[2] = "\\\" onmouseover=\\\"window.hostile=1"
  names[3] = "</title></style><img src=x onerror=window.hostile=1>"
  names[4] = "</svg><iframe srcdoc=x>"
  names[5] = "&lt;b&gt; &amp; {{7*7}} \\u202e\\u0000"
  for (i = 1; i <= 5; ++i)
    for (day = 1; day <= 3; ++day)
      printf "{\"id\":\"c%d-%d\",\"model\":\"%s\",\"created\":\"2026-01-0%dT00:00:00Z\",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":5,\"total_tokens\":%d}}\n", i, day, names[i], day, 10 * i, 10 * i + 5
}' > "$scratch/hostile/log.jsonl"
mkdir "$scratch/hostile/<img src=x onerror=alert(1)>"
sed 's/"completion_tokens":5/"completion_tokens":-5/' "$scratch/hostile/log.jsonl" \
  > "$scratch/hostile/<img src=x onerror=alert(1)>/<b>bad<b>.jsonl"

page summary summarize sample
page days summarize --by day,model diff/sound.jsonl telemetry agents
page nothing summarize formats/no_usage
page failing reconcile sample
page many reconcile formats causes broken
page meaning inspect diff formats/provider_response
page client diff parity/raw parity/normalized.json
page captures diff diff/sound.jsonl diff/reasoning_twice.jsonl diff/sound.jsonl
page contract diff --contract provider-raw parity/raw
page hostile_summary summarize --by day,model "$scratch/hostile/log.jsonl"
page hostile_findings reconcile "$scratch/hostile"
page hostile_diff diff "$scratch/hostile/log.jsonl" "$scratch/hostile/<img src=x onerror=alert(1)>"

python3 "$TESTS/process/html_report_test.py" "$pages"
exit $?
