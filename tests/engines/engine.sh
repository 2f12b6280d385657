# Sourced by the tests of engines.
. "$TESTS/process/scratch.sh"
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
if readelf -Ws "$USAGECTL" 2> /dev/null | grep -q __asan_init; then
  echo "built with sanitizers"
  exit 77
fi
ENGINE_MODULES=$TESTS/../build/engines # of npm, as tools/engines.sh installs them
export ENGINE_MODULES
cd "$TESTDATA" || exit 1

# engine_says_the_same ENGINE: over the fixtures, and over the samples where they are.
engine_says_the_same() {
  set -- "$1" formats open
  # A client for each statement takes long.
  [ "$1" != clickhouse ] || corpora=
  for corpus in ${corpora-seeds cases}; do
    if [ -d "../../shared/samples/$corpus" ]; then set -- "$@" "../../shared/samples/$corpus"; fi
  done
  engine=$1
  shift
  PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/engines/sums.py" "$engine" "$USAGECTL" "$scratch" "$@"
  exit $?
}

# engine_finds_planted_faults ENGINE: in as many calls as ENGINE_CALLS says.
engine_finds_planted_faults() {
  PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/engines/generated.py" "$1" "$USAGECTL" "$scratch" \
    "${ENGINE_CALLS:-200000}"
  exit $?
}
