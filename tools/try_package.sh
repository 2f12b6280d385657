#!/bin/sh
# tools/try_package.sh [PACKAGE]: builds the Debian package, or takes that one, installs it into a bare
# Debian 12, runs the first example of the README there, removes it, and looks for what is left.
# Needs root, and fetches a Debian of about 60 MB.
set -eu
cd "$(dirname "$0")/.."
exec < /dev/null
tools/packages.sh debootstrap
package=${1:-}
scratch=$(mktemp -d)
root=$scratch/root
trap 'umount "$root/proc" 2> /dev/null || true; rm -rf "$scratch"' EXIT
if [ -z "$package" ]; then
  export CMAKE_GENERATOR=Ninja CXX="${CXX:-clang++}"
  tools/build_packages.sh
  tools/packages.sh dpkg-dev
  cmake --preset release -DUSAGECTL_TESTS=OFF
  cmake --build build/release --parallel "$(nproc)"
  cpack --config build/release/CPackConfig.cmake -G DEB -B "$scratch/package"
  package=$(echo "$scratch"/package/*.deb)
fi

debootstrap --variant=minbase bookworm "$root" > "$scratch/log" || { tail "$scratch/log"; exit 1; }
cp "$package" "$root/tmp/usagectl.deb"
mkdir "$root/tmp/testdata"
cp -r testdata/formats "$root/tmp/testdata/"
mount -t proc proc "$root/proc" || echo "no /proc in the chroot"
in_chroot() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -euc "$1"; }
files() { (cd "$root" && find usr etc var/lib/usagectl -path '*usagectl*' 2> /dev/null | LC_ALL=C sort); }

begun=$(date +%s)
in_chroot 'apt-get -q update > /dev/null; apt-get -q -y install --no-install-recommends /tmp/usagectl.deb > /tmp/log 2>&1 || { cat /tmp/log; exit 1; }'
echo "installed in $(($(date +%s) - begun)) s, with the libraries and apt-get update"
echo "\$ usagectl --version"
in_chroot 'usagectl --version'
echo "\$ usagectl reconcile formats/llmplus_token_usage/edited_output"
status=0
begun=$(date +%s%N)
in_chroot 'cd /tmp/testdata && usagectl reconcile formats/llmplus_token_usage/edited_output' || status=$?
echo "$((($(date +%s%N) - begun) / 1000000)) ms, with the start of the chroot"
[ $status -eq 1 ] || { echo "exit $status, expected 1"; exit 1; }
in_chroot 'apt-get -q -y remove usagectl > /tmp/log 2>&1 || { cat /tmp/log; exit 1; }'
left=$(files)
[ -z "$left" ] || { echo "apt remove leaves: $left"; exit 1; }
echo "apt remove leaves nothing."
