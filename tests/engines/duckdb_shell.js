// duckdb_shell.js DATABASE [SQL]: runs SQL, or what standard input says, as the program duckdb does; the rows of
// the last statement are printed as a line of JSON each.
const fs = require("fs");
const { createRequire } = require("module");
const { DuckDBInstance } = createRequire(fs.realpathSync(process.env.ENGINE_MODULES) + "/")("@duckdb/node-api");

async function main() {
  const connection = await (await DuckDBInstance.create(process.argv[2])).connect();
  const reader = await connection.runAndReadAll(process.argv[3] ?? fs.readFileSync(0, "utf8"));
  for (const row of reader.getRows()) console.log(JSON.stringify(row.map(String)));
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
