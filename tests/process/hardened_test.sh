# The program is linked so that a fault in it is hard to use: at a random address, with its tables of
# functions read-only, and with guarded stacks.
set -eu
command -v readelf > /dev/null || { echo "readelf is not installed"; exit 77; }
# The sanitizers bring checks of their own.
if readelf -Ws "$USAGECTL" | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi

expect() { # what, where to find it, what must be there
  printf '%s' "$2" | grep -q "$3" || { echo "not $1: no $3"; exit 1; }
}
expect "position independent" "$(readelf -Wh "$USAGECTL")" 'DYN'
expect "read-only after linking" "$(readelf -Wl "$USAGECTL")" 'GNU_RELRO'
expect "bound at the start" "$(readelf -Wd "$USAGECTL")" 'NOW'
if [ "$(uname -m)" = x86_64 ]; then
  expect "guarded against other places to return to" "$(readelf -Wn "$USAGECTL")" 'SHSTK'
  expect "guarded against jumps to elsewhere" \
    "$(objdump -d --disassemble=main "$USAGECTL")" 'endbr64'
fi
# A build without optimisation has nothing to measure sizes by.
if grep -q '^CMAKE_BUILD_TYPE:[A-Z]*=Rel' "$BUILD/CMakeCache.txt"; then
  expect "guarded against writes over buffers" "$(readelf -Ws "$USAGECTL")" '__[a-z]*_chk@'
fi
expect "guarded against writes over the stack" "$(readelf -Ws "$USAGECTL")" '__stack_chk_fail'
