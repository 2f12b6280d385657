#!/bin/sh
# tools/build_packages.sh: installs what building the program needs.
set -eu
exec "$(dirname "$0")/packages.sh" clang cmake ninja-build libsimdjson-dev libfmt-dev \
  nlohmann-json3-dev libcli11-dev libisal-dev libzstd-dev libsqlite3-dev libarchive-dev libyaml-dev \
  libhowardhinnant-date-dev libre2-dev libxxhash-dev libutf8proc-dev
