#!/bin/sh
# tools/test.sh [PRESET…]: installs what building and testing need (Debian 12; root or sudo, unless
# all of it is there), then builds and tests with the presets, dev where none is named. Ends with
# what ctest says.
set -eu
cd "$(dirname "$0")/.."
exec < /dev/null
export CMAKE_GENERATOR=Ninja
export CXX="${CXX:-clang++}"
tools/build_packages.sh
tools/packages.sh libclang-rt-14-dev g++ doctest-dev mandoc bash zsh fish locales python3 binutils \
  libxml2-utils zlib1g-dev \
  libvalijson-dev python3-jsonschema

[ $# -gt 0 ] || set -- dev
for preset in "$@"; do
  cmake --preset "$preset" -DUSAGECTL_TESTS=ON
  cmake --build "build/$preset" --parallel "$(nproc)"
  ctest --preset "$preset" --parallel "$(nproc)"
done
