#!/bin/sh
# lint.sh PAGE: mandoc must have nothing to object to in the page.
command -v mandoc >/dev/null || { echo "skipped: no mandoc"; exit 77; }
# A page that is not installed yet is no fault of the page that refers to it.
found=$(mandoc -T lint -W style "$1" | grep -v 'referenced manual not found: Xr usagectl')
[ -z "$found" ] && exit 0
echo "$found"
exit 1
