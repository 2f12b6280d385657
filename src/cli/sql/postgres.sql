-- The records of usagectl in PostgreSQL: one table, filled load by load, and views over it.
--
--   usagectl records --flat -o node7.jsonl LOGS
--   usagectl sql --engine postgres --load node7 --file node7.jsonl | psql -v ON_ERROR_STOP=1 usage
--
-- A load is what one run of `usagectl records --flat` wrote, such as the logs of one machine.
-- Loading it again under the same name replaces it.
-- NULL is a number that is not known, never 0.

CREATE TABLE IF NOT EXISTS usage_records (
  load_name text NOT NULL, -- the load
  "file" text, -- the file, as it was named or found
  "line" bigint, -- from 1, NULL where the file has none that matters
  "pointer" text, -- JSON pointer in the document or line, NULL for the whole
  "format" text, -- see usagectl formats
  "dialect" text, -- see usagectl dialects
  "role" text, -- request, aggregate, cumulative or copy
  "id" text, -- of the call
  "call_key" text, -- identifies the call in every load, NULL if nothing does
  "model" text,
  "time" timestamptz, -- UTC
  "local_time" text, -- where the file gives no zone
  "agent" text, -- what the call is part of, by the words of --by
  "project" text,
  "session" text,
  "thread" text,
  "run" text,
  "tick" text,
  "phase" text,
  "entity" text,
  "kind" text,
  "chain" text,
  "part" text,
  "provider" text,
  "key" text,
  "tier" text,
  "input" bigint, -- all prompt tokens, cache included
  "cache_read" bigint, -- the part of input read from a cache
  "cache_write" bigint, -- the part of input written to a cache
  "tool_prompt" bigint, -- prompt tokens of tools of the provider, outside input
  "output" bigint, -- all generated tokens, reasoning included
  "reasoning" bigint, -- the part of output that was reasoning
  "total" bigint, -- as the provider gave it, else what it adds up to
  "unexplained" bigint, -- what a total of the provider holds beyond its parts
  "requests" bigint, -- calls, above 1 in a sum
  "completions" bigint, -- answers
  "chain_length" bigint, -- responses in a chain of calls
  "open_counts" text, -- counters that are mentioned without a number that is known
  "cost" numeric(38, 24), -- what the file states that the call cost
  "cost_currency" text, -- its three letters, NULL where it is not known
  "bucket" text, -- counted, duplicate or ignored
  "reason" text, -- why it is not counted
  "schema" text, -- usagectl.flat_record/1
  "tool" text -- the program and its version
);

-- Each line is read as one text: neither character is in a line of JSON.
BEGIN;
CREATE TEMPORARY TABLE usage_loading (line text) ON COMMIT DROP;
\copy usage_loading FROM {file} WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')
DELETE FROM usage_records WHERE load_name = {load};
INSERT INTO usage_records
SELECT {load}, r.*
FROM usage_loading, json_to_record(usage_loading.line::json) AS r(
    "file" text,
    "line" bigint,
    "pointer" text,
    "format" text,
    "dialect" text,
    "role" text,
    "id" text,
    "call_key" text,
    "model" text,
    "time" timestamptz,
    "local_time" text,
    "agent" text,
    "project" text,
    "session" text,
    "thread" text,
    "run" text,
    "tick" text,
    "phase" text,
    "entity" text,
    "kind" text,
    "chain" text,
    "part" text,
    "provider" text,
    "key" text,
    "tier" text,
    "input" bigint,
    "cache_read" bigint,
    "cache_write" bigint,
    "tool_prompt" bigint,
    "output" bigint,
    "reasoning" bigint,
    "total" bigint,
    "unexplained" bigint,
    "requests" bigint,
    "completions" bigint,
    "chain_length" bigint,
    "open_counts" text,
    "cost" numeric(38, 24),
    "cost_currency" text,
    "bucket" text,
    "reason" text,
    "schema" text,
    "tool" text
);
COMMIT;

-- The counted records with what makes a call the same in another load, what makes two look alike,
-- the day in UTC, and the counters that are left open, each between spaces.
CREATE OR REPLACE VIEW usage_keyed AS
SELECT *,
  concat(call_key, CASE WHEN call_key LIKE 'c%' THEN numbers ELSE '' END) AS same_call,
  concat_ws(
    '|', coalesce(model, ''), CASE WHEN coalesce("time"::text, local_time, id) IS NULL
      THEN concat_ws(' ', "file", "line"::text, "pointer")
      ELSE concat_ws(' ', "time"::text, local_time, id) END,
    numbers
  ) AS alike
FROM (
  SELECT *,
    concat_ws(
      '|', coalesce("input"::text, '-'), coalesce("cache_read"::text, '-'),
      coalesce("cache_write"::text, '-'), coalesce("tool_prompt"::text, '-'),
      coalesce("output"::text, '-'), coalesce("reasoning"::text, '-'),
      coalesce("total"::text, '-')
    ) AS numbers,
    coalesce(
      to_char("time" AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
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
FROM usage_calls CROSS JOIN LATERAL (VALUES
  ('total', NULL),
  ('model', "model"),
  ('day', "call_day"),
  ('file', "file"),
  ('format', "format"),
  ('agent', "agent"),
  ('project', "project"),
  ('session', "session"),
  ('thread', "thread"),
  ('run', "run"),
  ('tick', "tick"),
  ('phase', "phase"),
  ('entity', "entity"),
  ('kind', "kind"),
  ('chain', "chain"),
  ('part', "part"),
  ('provider', "provider"),
  ('key', "key"),
  ('tier', "tier")
) AS keys(by_key, by_value)
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
  NULL::text AS "file", NULL::bigint AS "line",
  NULL::text AS "pointer", some_key AS call_key,
  'requests' AS counter, loads AS asserted,
  1::bigint AS calculated,
  'several loads have the call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, min(call_key) AS some_key, count(DISTINCT load_name) AS loads
  FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call
) AS keyed WHERE loads > 1
UNION ALL
SELECT 'duplicate' AS rule, 'warning' AS severity, first_load AS load_name,
  NULL::text AS "file", NULL::bigint AS "line",
  NULL::text AS "pointer", NULL::text AS call_key,
  'requests' AS counter, loads AS asserted,
  1::bigint AS calculated,
  'several loads have calls that look alike: perhaps one call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, count(DISTINCT load_name) AS loads
  FROM usage_calls GROUP BY alike
) AS pairs WHERE loads > 1
UNION ALL
SELECT 'coverage' AS rule, 'warning' AS severity, load_name,
  "file", "line", "pointer", call_key,
  open_counts AS counter, NULL::bigint AS asserted,
  NULL::bigint AS calculated,
  'mentioned without a number that is known' AS explanation
FROM usage_calls WHERE open_counts IS NOT NULL;
