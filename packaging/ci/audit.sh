#!/bin/sh
# packaging/ci/audit.sh PATH…: what the GitHub action does when usagectl is there. The reports are written to
# $USAGECTL_REPORTS; the summary goes to $GITHUB_STEP_SUMMARY. If $USAGECTL_BASE is set, each path is also
# compared with itself at that commit. Exits with the worst status: 0, 1 for findings, 2 for errors.
set -eu
reports=${USAGECTL_REPORTS:-usagectl-reports}
summary=${GITHUB_STEP_SUMMARY:-$reports/summary.md}
mkdir -p "$reports"
worst=0

# audited COMMAND…: keeps the worst status.
audited() {
  status=0
  "$@" || status=$?
  [ $status -le $worst ] || worst=$status
}

# Reports in Markdown are written to files of their own and put together.
audited usagectl reconcile --format github --report markdown="$reports/reconcile.md" \
  --report sarif="$reports/usagectl.sarif" --report html="$reports/reconcile.html" "$@"
[ ! -e "$reports/reconcile.md" ] || cat "$reports/reconcile.md" >> "$summary"

if [ -n "${USAGECTL_BASE:-}" ]; then
  before=$(mktemp -d)
  trap 'rm -rf "$before"' EXIT
  number=0
  for path in "$@"; do
    number=$((number + 1))
    if ! git archive "$USAGECTL_BASE" -- "$path" 2> /dev/null | tar -x -C "$before"; then
      echo "$path is not in $USAGECTL_BASE: nothing to compare with"
      continue
    fi
    audited usagectl diff ${USAGECTL_DIFF:-} --format github --report markdown="$reports/diff-$number.md" \
      --report html="$reports/diff-$number.html" "$before/$path" "$path"
    [ ! -e "$reports/diff-$number.md" ] || cat "$reports/diff-$number.md" >> "$summary"
  done
fi
exit $worst
