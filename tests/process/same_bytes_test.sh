# The same input gives the same bytes: in any locale and time zone, from a folder in any order,
# again and again.
. "$TESTS/process/scratch.sh"
cd "$scratch" || exit 1
mkdir -p forwards backwards
details=1
for name in a B c_1 c_10 c_2 Ä é z; do
  large_capture "forwards/$name.json" $details
  details=$((details + 1))
done
# Entries made and removed before shuffle the order in which some file systems list a folder.
for number in 1 2 3 4 5 6 7 8 9; do : > backwards/removed_$number; done
for name in z é Ä c_2 c_10 c_1 B a; do cp "forwards/$name.json" backwards/; done
rm backwards/removed_*

reports() {
  for command in summarize reconcile "summarize --by file,model" records; do
    for format in table json csv markdown; do
      echo "== $command $format"
      "$USAGECTL" $command --format $format . 2>&1
      echo "exit $?"
    done
  done
}

(cd forwards && LC_ALL=C reports) > expected
[ "$(grep -c '^exit 0' expected)" -eq 16 ] || fail "not every report succeeds: $(cat expected)"
(cd backwards && LC_ALL=C reports) > got
cmp expected got || fail "the order of the folder shows"
(cd forwards && LC_ALL=C reports) > got
cmp expected got || fail "a second run differs"

# A locale with its own separators, made here when the sources of locales are installed.
if command -v localedef > /dev/null && [ -e /usr/share/i18n/locales/de_DE ]; then
  mkdir locales
  localedef -i de_DE -f UTF-8 locales/de_DE.UTF-8 2> /dev/null && export LOCPATH="$scratch/locales"
fi
for locale in POSIX C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
  (cd forwards && LC_ALL=$locale LANG=$locale reports) > got
  cmp expected got || fail "the locale $locale shows"
done
for zone in Asia/Kolkata America/St_Johns; do
  (cd forwards && TZ=$zone reports) > got
  cmp expected got || fail "the time zone $zone shows"
done
