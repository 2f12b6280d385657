# The place of a record can be opened, in every container.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
python3 -c 'import sqlite3' 2> /dev/null || skip "python3 has no sqlite3"
python3 "$TESTS/process/places_test.py" "$(realpath "$USAGECTL")" "$scratch" || exit 1
