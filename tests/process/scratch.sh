# Sourced by the tests: a folder of their own, what to say when something fails, and an input larger
# than any buffer on its way.
set -u
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 129' HUP INT TERM

fail() {
  echo "FAILED: $*"
  exit 1
}

skip() {
  echo "skipped: $*"
  exit 77
}

# large_capture FILE DETAILS: a token_usage.json with so many requests, sound in itself.
large_capture() {
  awk -v n="$2" 'BEGIN {
    printf "{\"before\":{},\"after\":{\"a-model\":{\"input_tokens\":%d,\"output_tokens\":%d,", 3 * n, 2 * n
    printf "\"reasoning_tokens\":%d,\"requests\":%d,\"completions\":%d,", n, n, n
    printf "\"per_request_details\":["
    for (i = 1; i <= n; ++i) {
      printf "%s{\"request_num\":%d,\"input_tokens\":3,\"output_tokens\":2,", (i > 1 ? "," : ""), i
      printf "\"reasoning_tokens\":1,\"total_tokens\":5,\"num_completions\":1}"
    }
    printf "]}}}"
  }' > "$1"
}

# said_in_one_line FILE WORDS: standard error is exactly one line, and it holds the words.
said_in_one_line() {
  [ "$(wc -l < "$1")" -eq 1 ] || fail "expected one line on stderr, got: $(cat "$1")"
  grep -qF -- "$2" "$1" || fail "expected '$2' on stderr, got: $(cat "$1")"
}
