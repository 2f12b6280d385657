// duckdb_run.js STEPS DATABASE: runs the scripts and queries of a JSON file in DuckDB, one after the other in
// one database, and prints the rows of each query as one line of JSON, with numbers as texts; in the end the
// most memory that it took, in kilobytes.
const fs = require("fs");
const { createRequire } = require("module");
const { DuckDBInstance } = createRequire(fs.realpathSync(process.env.ENGINE_MODULES) + "/")("@duckdb/node-api");

async function main() {
  const connection = await (await DuckDBInstance.create(process.argv[3])).connect();
  for (const step of JSON.parse(fs.readFileSync(process.argv[2], "utf8"))) {
    if (step.script) await connection.run(step.script);
    if (!step.query) continue;
    const rows = (await connection.runAndReadAll(step.query)).getRows();
    const plain = (value) => (value === null ? null : String(value));
    console.log(JSON.stringify(rows.map((row) => row.map(plain))));
  }
  console.log(process.resourceUsage().maxRSS);
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
