# The SQL for Spark is understood by the grammar of Spark. No test runs it.
. "$TESTS/engines/engine.sh"
command -v node > /dev/null || skip "node is not installed"
[ -d "$ENGINE_MODULES/node_modules/dt-sql-parser" ] ||
  skip "dt-sql-parser is not installed; tools/engines.sh installs it"
"$USAGECTL" sql --engine spark > "$scratch/spark.sql" || fail "sql --engine spark"
node "$TESTS/engines/spark_parse.mjs" "$scratch/spark.sql" || fail "the SQL for Spark is not SQL of Spark"
sed 's/LATERAL VIEW/LATERAL VIEWS/' "$scratch/spark.sql" > "$scratch/wrong.sql"
node "$TESTS/engines/spark_parse.mjs" "$scratch/wrong.sql" > /dev/null 2>&1 && fail "the parser accepts anything"
exit 0
