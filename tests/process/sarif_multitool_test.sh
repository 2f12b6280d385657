# Microsoft's validator of SARIF finds nothing in our reports, neither by its own rules nor by those of GitHub.
. "$TESTS/process/scratch.sh"
cd "$TESTDATA" || exit 1
# The program needs no data about languages, which a container may lack.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

multitool=${SARIF_MULTITOOL:-}
for name in sarif-multitool sarif; do
  [ -n "$multitool" ] || multitool=$(command -v "$name")
done
[ -n "$multitool" ] ||
  skip "no validator of SARIF: npm install -g @microsoft/sarif-multitool, or set SARIF_MULTITOOL"
"$multitool" version > "$scratch/version" 2>&1 ||
  skip "the validator of SARIF does not run: $(head -n 1 "$scratch/version")"

for paths in sample/simulation 'formats broken' causes 'billing --against billing/keys_usage.csv'; do
  # shellcheck disable=SC2086
  "$USAGECTL" reconcile --no-config --format sarif -o "$scratch/report.sarif" $paths 2> /dev/null
  [ $? -le 2 ] || fail "reconcile --format sarif $paths"
  "$multitool" validate "$scratch/report.sarif" --rule-kind "Sarif;Ghas" --level "Error;Warning" \
    > "$scratch/out" 2>&1 || fail "SARIF of $paths: $(tail -n 5 "$scratch/out")"
  grep -q 'Analysis completed successfully' "$scratch/out" ||
    fail "the validator did not finish: $(tail -n 5 "$scratch/out")"
  ! grep -E ': (error|warning) ' "$scratch/out" || fail "SARIF of $paths"
done
exit 0
