#!/bin/sh
# tools/packages.sh PACKAGE…: installs those Debian packages that are missing. Needs root or sudo
# only when something is.
set -eu
missing=
for package in "$@"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || {
    echo "tools/packages.sh: these Debian packages are missing, and neither root nor sudo is at hand:$missing" >&2
    exit 1
  }
  as_root="sudo -n"
  $as_root true 2> /dev/null || as_root=sudo
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -q -y update
# shellcheck disable=SC2086 # the list is meant to be taken apart
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing
