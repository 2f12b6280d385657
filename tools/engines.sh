#!/bin/sh
# tools/engines.sh: installs the SQL engines that tests run: PostgreSQL and ClickHouse (packages of
# Debian), DuckDB (@duckdb/node-api of npm) and a parser for Spark (dt-sql-parser of npm), both into
# build/engines; and what runs the recipes for many machines, Slurm and GNU parallel. Tests of what is
# not there are skipped.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh postgresql clickhouse-server clickhouse-client
tools/packages.sh slurm-wlm munge parallel || echo "no Slurm or GNU parallel: their tests are skipped"
command -v npm > /dev/null || tools/packages.sh nodejs npm
if [ ! -d build/engines/node_modules/@duckdb/node-api ] || [ ! -d build/engines/node_modules/dt-sql-parser ]; then
  npm install --no-audit --no-fund --prefix build/engines @duckdb/node-api dt-sql-parser
fi
