# What `cmake --install` puts in place is exactly this.
. "$TESTS/process/scratch.sh"
"$CMAKE" --install "$BUILD" --prefix "$scratch/prefix" > "$scratch/log" 2>&1 || fail "$(cat "$scratch/log")"
(cd "$scratch/prefix" && find . ! -type d | LC_ALL=C sort) > "$scratch/got"
{
  echo ./bin/usagectl
  echo ./share/bash-completion/completions/usagectl
  echo ./share/fish/vendor_completions.d/usagectl.fish
  (cd "$TESTS/../man" && find . -name '*.1' | LC_ALL=C sort | sed 's|^\./|./share/man/man1/|')
  (cd "$TESTS/../man" && find . -name '*.5' | LC_ALL=C sort | sed 's|^\./|./share/man/man5/|')
  (cd "$TESTS/../src/cli/schemas" && find . -maxdepth 1 -name '*.json' | LC_ALL=C sort |
    sed 's|^\./\(.*\)\.json|./share/usagectl/\1.schema.json|')
  echo ./share/zsh/site-functions/_usagectl
} > "$scratch/expected"
diff -u "$scratch/expected" "$scratch/got" || fail "the installed files are not those expected"
"$scratch/prefix/bin/usagectl" schema project | cmp - "$scratch/prefix/share/usagectl/project.schema.json" ||
  fail "the installed schema is not the one that the program prints"
"$scratch/prefix/bin/usagectl" --version > "$scratch/out" || fail "the installed program does not start"
grep -qx 'usagectl [0-9]*\.[0-9]*\.[0-9]*' "$scratch/out" || fail "--version says $(cat "$scratch/out")"
"$scratch/prefix/bin/usagectl" --version --verbose > "$scratch/out" || fail "--version --verbose fails"
for line in 'commit [0-9a-z]*' 'dialects of [0-9unkow-]*' 'fmt [0-9.]*' 'simdjson [0-9.]*'; do
  grep -qx "$line" "$scratch/out" || fail "--version --verbose lacks '$line': $(cat "$scratch/out")"
done
