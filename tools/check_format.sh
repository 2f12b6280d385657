#!/bin/sh
# tools/check_format.sh: fails where a source file is not as clang-format 14 writes it. Mend with
#   git ls-files 'src/*.?pp' 'tests/*.?pp' | xargs clang-format -i
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh clang-format
git ls-files 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' | xargs clang-format --dry-run -Werror
