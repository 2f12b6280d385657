#!/bin/sh
# packaging/ci/install.sh [PACKAGE]: installs usagectl unless it is there: the Debian package, or what the
# sources around this script build.
set -eu
command -v usagectl > /dev/null && exit 0
sources=$(cd "$(dirname "$0")/../.." && pwd)
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
if [ -n "${1:-}" ]; then
  package=$(realpath "$1")
  $as_root apt-get -q update
  $as_root apt-get -q -y install --no-install-recommends "$package"
  exit 0
fi
"$sources/tools/build_packages.sh"
cd "$sources"
CXX="${CXX:-clang++}" cmake --preset release -G Ninja -DUSAGECTL_TESTS=OFF
cmake --build build/release --parallel "$(nproc)"
$as_root cmake --install build/release
