# A database while its writer writes to it.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || skip "python3 is not installed"
python3 -c 'import sqlite3' 2> /dev/null || skip "python3 has no sqlite3"
python3 "$TESTS/process/live_database_test.py" "$USAGECTL" "$scratch" || exit 1
