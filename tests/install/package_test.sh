# The Debian package and the tarball hold what is installed; lintian finds no error in the package.
. "$TESTS/process/scratch.sh"
! grep -q '^USAGECTL_SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt" || skip "nobody packs a build with sanitizers"
for tool in dpkg-deb dpkg-shlibdeps gzip tar; do
  command -v $tool > /dev/null || skip "$tool is not installed: apt-get install dpkg-dev"
done
cpack=$(dirname "$CMAKE")/cpack
[ -x "$cpack" ] || cpack=$(command -v cpack) || skip "no cpack"
(cd "$scratch" && "$cpack" --config "$BUILD/CPackConfig.cmake" -B "$scratch/packages" > log 2>&1) ||
  fail "cpack: $(tail -n 20 "$scratch/log")"

package=$(echo "$scratch"/packages/usagectl_*_*.deb)
[ -f "$package" ] || fail "no package: $(ls "$scratch/packages")"
dpkg-deb -c "$package" | awk '{ print $6 }' | grep -v '/$' | LC_ALL=C sort > "$scratch/files"
for file in ./usr/bin/usagectl ./usr/share/man/man1/usagectl.1.gz ./usr/share/man/man5/usagectl-layouts.5.gz \
  ./usr/share/bash-completion/completions/usagectl ./usr/share/zsh/vendor-completions/_usagectl \
  ./usr/share/fish/vendor_completions.d/usagectl.fish ./usr/share/usagectl/layout.schema.json \
  ./usr/share/doc/usagectl/copyright ./usr/share/doc/usagectl/changelog.Debian.gz; do
  grep -qxF "$file" "$scratch/files" || fail "the package lacks $file: $(cat "$scratch/files")"
done
dpkg-deb -f "$package" Depends | grep -q 'libc6' || fail "the package names no libraries"
dpkg-deb -x "$package" "$scratch/root"
"$scratch/root/usr/bin/usagectl" --version > "$scratch/out" || fail "the packaged program does not start"

archive=$(echo "$scratch"/packages/usagectl-*.tar.gz)
tar -tzf "$archive" > "$scratch/files" || fail "no tarball"
grep -q '/bin/usagectl$' "$scratch/files" || fail "the tarball lacks the program: $(cat "$scratch/files")"

if command -v lintian > /dev/null; then
  lintian --fail-on error "$package" > "$scratch/lint" 2>&1 || fail "lintian: $(cat "$scratch/lint")"
else
  echo "lintian is not installed: the package was not checked by it"
fi
exit 0
