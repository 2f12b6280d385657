#!/bin/sh
# tools/check_tidy.sh: fails where clang-tidy finds a likely bug in a source file that the last
# commit changes. The checks of .clang-tidy that are a matter of style are for work, not for here.
set -eu
cd "$(dirname "$0")/.."
git rev-parse --quiet --verify HEAD^ > /dev/null || exit 0 # a clone without history
files=$(git diff --name-only --diff-filter=d HEAD^ HEAD -- 'src/*.cpp')
[ -n "$files" ] || exit 0
tools/build_packages.sh
tools/packages.sh clang-tidy doctest-dev
export CMAKE_GENERATOR=Ninja CXX="${CXX:-clang++}"
# A quarter of a minute a file: a merge of many is looked at when its parts are committed.
most=8
changed=$(echo "$files" | wc -l)
[ "$changed" -le $most ] || echo "clang-tidy looks at $most of $changed changed files"
# Without precompiled headers: nothing is built here, and what a file fails to include is an error.
cmake --preset asan-ubsan -B build/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
  -DUSAGECTL_TESTS=OFF > /dev/null
checks='-*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-macro-parentheses,-clang-analyzer-optin.performance.Padding'
echo "$files" | head -n $most | xargs -P "$(nproc)" -n 1 \
  clang-tidy -p build/tidy --quiet --checks="$checks" --warnings-as-errors='*'
