#!/bin/sh
# Installs what building needs (Debian 12; root or sudo, unless all of it is there), builds usagectl
# and lets it loose on the sample in testdata/sample/.
set -eu
cd "$(dirname "$0")/.."
exec < /dev/null
export CMAKE_GENERATOR=Ninja
# Two thirds of the processor time that g++ takes, for a program within 10 % of its speed.
export CXX=clang++
tools/build_packages.sh

cmake --preset release -DUSAGECTL_TESTS=OFF
# Left to itself, ninja starts more compilers than there are processors, and takes longer for it.
cmake --build build/release --parallel "$(nproc)"

usagectl=build/release/src/usagectl
for command in summarize reconcile; do
  echo
  echo "\$ usagectl $command testdata/sample"
  $usagectl $command testdata/sample || status=$?
  # 1 says that something was found, which the sample is for.
  [ "${status:-0}" -le 1 ] || exit "$status"
done
echo
echo "The program is $usagectl; cmake --install build/release puts it in place."
