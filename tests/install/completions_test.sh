# The completions that are installed are accepted by their shells, and they complete.
. "$TESTS/process/scratch.sh"
completions=$BUILD/completions
command -v bash > /dev/null || skip "no bash"
bash -n "$completions/usagectl.bash" || fail "bash does not accept its completions"

# completed WORD…: what bash offers for the last word.
completed() {
  bash -c '
    source "$0"
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _usagectl
    printf "%s\n" "${COMPREPLY[@]}"' "$completions/usagectl.bash" "$@"
}

offers() {
  expected=$1
  shift
  completed "$@" | grep -qxF -- "$expected" || fail "'$*' is not completed to '$expected': $(completed "$@")"
}

offers summarize usagectl summ
offers reconcile usagectl rec
offers records usagectl rec
offers --help usagectl --h
offers --format usagectl summarize --fo
offers json usagectl summarize --format js
offers json usagectl summarize --format = js
offers csv usagectl summarize --format = ""
offers flat_record usagectl schema flat
offers bash usagectl completions b
cd "$scratch" || exit 1
: > "a capture.json"
offers "a capture.json" usagectl summarize "a ca"
offers "a capture.json" usagectl summarize --format json "a ca"
offers "a capture.json" usagectl summarize -o "a ca"
[ "$(completed usagectl summarize --format nothing)" = "" ] || fail "a value that is none is completed"

if command -v zsh > /dev/null; then
  zsh -n "$completions/usagectl.zsh" || fail "zsh does not accept its completions"
else
  echo "no zsh: its completions were not tried"
fi
if command -v fish > /dev/null; then
  export HOME="$scratch"
  fish --no-execute "$completions/usagectl.fish" || fail "fish does not accept its completions"
  fish -c 'source $argv[1]; complete -C "usagectl summ"' "$completions/usagectl.fish" > out 2>&1
  grep -q '^summarize' out || fail "fish does not complete summarize: $(cat out)"
  fish -c 'source $argv[1]; complete -C "usagectl summarize --format js"' "$completions/usagectl.fish" > out 2>&1
  grep -q '^json' out || fail "fish does not complete --format json: $(cat out)"
  fish -c 'source $argv[1]; complete -C "usagectl schema flat"' "$completions/usagectl.fish" > out 2>&1
  grep -q '^flat_record' out || fail "fish does not complete schema: $(cat out)"
else
  echo "no fish: its completions were not tried"
fi
exit 0
