-- The records of usagectl in DuckDB: one table, filled load by load, and views over it.
--
--   usagectl records --flat -o node7.jsonl LOGS
--   usagectl sql --engine duckdb --load node7 --file node7.jsonl | duckdb usage.db
--
-- A load is what one run of `usagectl records --flat` wrote, such as the logs of one machine.
-- Loading it again under the same name replaces it.
-- NULL is a number that is not known, never 0.

CREATE TABLE IF NOT EXISTS usage_records (
  load_name VARCHAR NOT NULL, -- the load
  "file" VARCHAR, -- the file, as it was named or found
  "line" BIGINT, -- from 1, NULL where the file has none that matters
  "pointer" VARCHAR, -- JSON pointer in the document or line, NULL for the whole
  "format" VARCHAR, -- see usagectl formats
  "dialect" VARCHAR, -- see usagectl dialects
  "role" VARCHAR, -- request, aggregate, cumulative or copy
  "id" VARCHAR, -- of the call
  "call_key" VARCHAR, -- identifies the call in every load, NULL if nothing does
  "model" VARCHAR,
  "time" TIMESTAMPTZ, -- UTC
  "local_time" VARCHAR, -- where the file gives no zone
  "agent" VARCHAR, -- what the call is part of, by the words of --by
  "project" VARCHAR,
  "session" VARCHAR,
  "thread" VARCHAR,
  "run" VARCHAR,
  "tick" VARCHAR,
  "phase" VARCHAR,
  "entity" VARCHAR,
  "kind" VARCHAR,
  "chain" VARCHAR,
  "part" VARCHAR,
  "provider" VARCHAR,
  "key" VARCHAR,
  "tier" VARCHAR,
  "input" BIGINT, -- all prompt tokens, cache included
  "cache_read" BIGINT, -- the part of input read from a cache
  "cache_write" BIGINT, -- the part of input written to a cache
  "tool_prompt" BIGINT, -- prompt tokens of tools of the provider, outside input
  "output" BIGINT, -- all generated tokens, reasoning included
  "reasoning" BIGINT, -- the part of output that was reasoning
  "total" BIGINT, -- as the provider gave it, else what it adds up to
  "unexplained" BIGINT, -- what a total of the provider holds beyond its parts
  "requests" BIGINT, -- calls, above 1 in a sum
  "completions" BIGINT, -- answers
  "chain_length" BIGINT, -- responses in a chain of calls
  "open_counts" VARCHAR, -- counters that are mentioned without a number that is known
  "cost" DECIMAL(38, 24), -- what the file states that the call cost
  "cost_currency" VARCHAR, -- its three letters, NULL where it is not known
  "bucket" VARCHAR, -- counted, duplicate or ignored
  "reason" VARCHAR, -- why it is not counted
  "schema" VARCHAR, -- usagectl.flat_record/1
  "tool" VARCHAR -- the program and its version
);

BEGIN;
DELETE FROM usage_records WHERE load_name = {load};
INSERT INTO usage_records SELECT {load}, *
FROM read_json({file}, format = 'newline_delimited', columns = {
    'file': 'VARCHAR',
    'line': 'BIGINT',
    'pointer': 'VARCHAR',
    'format': 'VARCHAR',
    'dialect': 'VARCHAR',
    'role': 'VARCHAR',
    'id': 'VARCHAR',
    'call_key': 'VARCHAR',
    'model': 'VARCHAR',
    'time': 'TIMESTAMPTZ',
    'local_time': 'VARCHAR',
    'agent': 'VARCHAR',
    'project': 'VARCHAR',
    'session': 'VARCHAR',
    'thread': 'VARCHAR',
    'run': 'VARCHAR',
    'tick': 'VARCHAR',
    'phase': 'VARCHAR',
    'entity': 'VARCHAR',
    'kind': 'VARCHAR',
    'chain': 'VARCHAR',
    'part': 'VARCHAR',
    'provider': 'VARCHAR',
    'key': 'VARCHAR',
    'tier': 'VARCHAR',
    'input': 'BIGINT',
    'cache_read': 'BIGINT',
    'cache_write': 'BIGINT',
    'tool_prompt': 'BIGINT',
    'output': 'BIGINT',
    'reasoning': 'BIGINT',
    'total': 'BIGINT',
    'unexplained': 'BIGINT',
    'requests': 'BIGINT',
    'completions': 'BIGINT',
    'chain_length': 'BIGINT',
    'open_counts': 'VARCHAR',
    'cost': 'DECIMAL(38, 24)',
    'cost_currency': 'VARCHAR',
    'bucket': 'VARCHAR',
    'reason': 'VARCHAR',
    'schema': 'VARCHAR',
    'tool': 'VARCHAR'
});
COMMIT;

-- The counted records with what makes a call the same in another load, what makes two look alike,
-- the day in UTC, and the counters that are left open, each between spaces.
CREATE OR REPLACE VIEW usage_keyed AS
SELECT *,
  concat(call_key, CASE WHEN call_key LIKE 'c%' THEN numbers ELSE '' END) AS same_call,
  concat_ws(
    '|', coalesce(model, ''), CASE WHEN coalesce(CAST("time" AS VARCHAR), local_time, id) IS NULL
      THEN concat_ws(' ', "file", CAST("line" AS VARCHAR), "pointer")
      ELSE concat_ws(' ', CAST("time" AS VARCHAR), local_time, id) END,
    numbers
  ) AS alike
FROM (
  SELECT *,
    concat_ws(
      '|', coalesce(CAST("input" AS VARCHAR), '-'), coalesce(CAST("cache_read" AS VARCHAR), '-'),
      coalesce(CAST("cache_write" AS VARCHAR), '-'),
      coalesce(CAST("tool_prompt" AS VARCHAR), '-'), coalesce(CAST("output" AS VARCHAR), '-'),
      coalesce(CAST("reasoning" AS VARCHAR), '-'), coalesce(CAST("total" AS VARCHAR), '-')
    ) AS numbers,
    coalesce(
      strftime("time" AT TIME ZONE 'UTC', '%Y-%m-%d'),
      substr(local_time, 1, 10)) AS call_day,
    concat(' ', coalesce(open_counts, ''), ' ') AS open_words
  FROM usage_records WHERE bucket = 'counted'
) AS counted;

-- Each call once, across loads. The rows of one load add up to what `usagectl summarize` prints
-- for it. A call that several loads have (the same call_key, and of a key that begins with c the
-- same numbers too) is taken from the load with its fullest report, the first by name of those that
-- are alike. Calls without a key cannot be recognised in another load: they count once in each.
CREATE OR REPLACE VIEW usage_calls AS
SELECT * FROM usage_keyed WHERE call_key IS NULL
UNION ALL
SELECT k.* FROM usage_keyed k JOIN (
  SELECT same_call, load_name,
    row_number() OVER (
      PARTITION BY same_call
      ORDER BY max(coalesce("total", "output", "input", 0)) DESC, load_name
    ) AS choice
  FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call, load_name
) best
  ON best.same_call = k.same_call AND best.load_name = k.load_name AND best.choice = 1
WHERE k.call_key IS NOT NULL;

-- Sums by one key: by_key is total, model, day, file, format, or a word of --by such as session.
-- by_value is NULL for calls that have none, and for the total. A sum is that of the calls that
-- have the number, and NULL if none has it or if one mentions it without a number that is known.
-- Days are in UTC, or as the file gives them without a zone.
CREATE OR REPLACE VIEW usage_by AS
SELECT by_key, by_value, count(*) AS records,
  CASE WHEN NOT bool_or(open_words LIKE '% input %')
    THEN sum("input") END AS sum_input,
  CASE WHEN NOT bool_or(open_words LIKE '% cache_read %')
    THEN sum("cache_read") END AS sum_cache_read,
  CASE WHEN NOT bool_or(open_words LIKE '% cache_write %')
    THEN sum("cache_write") END AS sum_cache_write,
  CASE WHEN NOT bool_or(open_words LIKE '% tool_prompt %')
    THEN sum("tool_prompt") END AS sum_tool_prompt,
  CASE WHEN NOT bool_or(open_words LIKE '% output %')
    THEN sum("output") END AS sum_output,
  CASE WHEN NOT bool_or(open_words LIKE '% reasoning %')
    THEN sum("reasoning") END AS sum_reasoning,
  CASE WHEN NOT bool_or(open_words LIKE '% total %')
    THEN sum("total") END AS sum_total,
  CASE WHEN NOT bool_or(open_words LIKE '% unexplained %')
    THEN sum("unexplained") END AS sum_unexplained,
  CASE WHEN NOT bool_or(open_words LIKE '% requests %')
    THEN sum("requests") END AS sum_requests,
  CASE WHEN NOT bool_or(open_words LIKE '% completions %')
    THEN sum("completions") END AS sum_completions,
  CASE WHEN NOT bool_or(open_words LIKE '% chain_length %')
    THEN sum("chain_length") END AS sum_chain_length
FROM (
  SELECT *,
    unnest([
      'total', 'model', 'day', 'file', 'format', 'agent', 'project', 'session', 'thread', 'run',
      'tick', 'phase', 'entity', 'kind', 'chain', 'part', 'provider', 'key', 'tier'
    ]) AS by_key,
    unnest([
      NULL, "model", "call_day", "file", "format", "agent", "project", "session", "thread", "run",
      "tick", "phase", "entity", "kind", "chain", "part", "provider", "key", "tier"
    ]) AS by_value
  FROM usage_calls
)
GROUP BY by_key, by_value;

-- What is wrong by the numbers of one row, or of the same call in several loads:
--   part       a part exceeds its whole, as `usagectl reconcile` reports it
--   duplicate  note: several loads have the call, which counts once
--              warning: several loads have calls with the same moment or id (or place, without
--              either), model and numbers, which count once each and are perhaps one call
--   coverage   a count is mentioned without a number that is known, so sums with it are NULL
-- Sums that files claim, numberings and running totals need the files: see `usagectl reconcile`.
CREATE OR REPLACE VIEW usage_findings AS
SELECT 'part' AS rule, 'error' AS severity, load_name,
  "file", "line", "pointer", call_key,
  'reasoning' AS counter, "reasoning" AS asserted, "output" AS calculated,
  'reasoning exceeds output, which it is a part of' AS explanation
FROM usage_calls WHERE "reasoning" > "output"
UNION ALL
SELECT 'part' AS rule, 'error' AS severity, load_name,
  "file", "line", "pointer", call_key,
  'cache_read' AS counter, "cache_read" AS asserted, "input" AS calculated,
  'cache_read exceeds input, which it is a part of' AS explanation
FROM usage_calls WHERE "cache_read" > "input"
UNION ALL
SELECT 'part' AS rule, 'error' AS severity, load_name,
  "file", "line", "pointer", call_key,
  'cache_write' AS counter, "cache_write" AS asserted, "input" AS calculated,
  'cache_write exceeds input, which it is a part of' AS explanation
FROM usage_calls WHERE "cache_write" > "input"
UNION ALL
SELECT 'duplicate' AS rule, 'note' AS severity, first_load AS load_name,
  CAST(NULL AS VARCHAR) AS "file", CAST(NULL AS BIGINT) AS "line",
  CAST(NULL AS VARCHAR) AS "pointer", some_key AS call_key,
  'requests' AS counter, CAST(loads AS BIGINT) AS asserted,
  CAST(1 AS BIGINT) AS calculated,
  'several loads have the call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, min(call_key) AS some_key, count(DISTINCT load_name) AS loads
  FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call
) AS keyed WHERE loads > 1
UNION ALL
SELECT 'duplicate' AS rule, 'warning' AS severity, first_load AS load_name,
  CAST(NULL AS VARCHAR) AS "file", CAST(NULL AS BIGINT) AS "line",
  CAST(NULL AS VARCHAR) AS "pointer", CAST(NULL AS VARCHAR) AS call_key,
  'requests' AS counter, CAST(loads AS BIGINT) AS asserted,
  CAST(1 AS BIGINT) AS calculated,
  'several loads have calls that look alike: perhaps one call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, count(DISTINCT load_name) AS loads
  FROM usage_calls GROUP BY alike
) AS pairs WHERE loads > 1
UNION ALL
SELECT 'coverage' AS rule, 'warning' AS severity, load_name,
  "file", "line", "pointer", call_key,
  open_counts AS counter, CAST(NULL AS BIGINT) AS asserted,
  CAST(NULL AS BIGINT) AS calculated,
  'mentioned without a number that is known' AS explanation
FROM usage_calls WHERE open_counts IS NOT NULL;
