// node duckdb_sums.mjs MODULES usage_log|token_usage FILE: the sums by model, as DuckDB computes them.
// MODULES is the folder in which @duckdb/node-api was installed. The columns are named, so that
// DuckDB need not guess them and reads no more than it must.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, work, file] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(modules, 'here.js'))('@duckdb/node-api');

const queries = {
  usage_log: `
    SELECT model, count(*) AS requests, sum(usage.prompt_tokens) AS input,
           sum(usage.prompt_tokens_details.cached_tokens) AS cache_read,
           sum(usage.completion_tokens) AS output,
           sum(usage.completion_tokens_details.reasoning_tokens) AS reasoning,
           sum(usage.total_tokens) AS total
    FROM read_json($file, format = 'newline_delimited', columns = {
      model: 'VARCHAR',
      usage: 'STRUCT(prompt_tokens BIGINT, completion_tokens BIGINT, total_tokens BIGINT,
                     prompt_tokens_details STRUCT(cached_tokens BIGINT),
                     completion_tokens_details STRUCT(reasoning_tokens BIGINT))'})
    GROUP BY model`,
  token_usage: `
    WITH models AS (
      SELECT unnest(map_entries("after")) AS entry
      FROM read_json($file, format = 'unstructured', maximum_object_size = 1000000000, columns = {
        after: 'MAP(VARCHAR, STRUCT(per_request_details STRUCT(
                  input_tokens BIGINT, output_tokens BIGINT, reasoning_tokens BIGINT,
                  total_tokens BIGINT)[]))'})),
    details AS (
      SELECT entry.key AS model, unnest(entry.value.per_request_details) AS detail FROM models)
    SELECT model, count(*) AS requests, sum(detail.input_tokens) AS input,
           sum(detail.output_tokens) AS output, sum(detail.reasoning_tokens) AS reasoning,
           sum(detail.total_tokens) AS total
    FROM details GROUP BY model`,
};

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = (await connection.runAndReadAll(queries[work], { file })).getRowObjects();
const sums = rows.map(({ model, ...counts }) => [
  model,
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)])),
]);
console.log(JSON.stringify(Object.fromEntries(sums)));
