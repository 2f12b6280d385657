# A call that two nodes have loaded counts once over two shards of a ClickHouse cluster.
. "$TESTS/engines/engine.sh"
PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/engines/shards.py" clickhouse "$USAGECTL" "$scratch"
