-- The records of usagectl in Spark SQL: one table, filled load by load, and views over it.
--
--   usagectl records --flat -o node7.jsonl LOGS
--   usagectl sql --engine spark --load node7 --file node7.jsonl > usage.sql
--   spark-sql -f usage.sql
--
-- A load is what one run of `usagectl records --flat` wrote, such as the logs of one machine.
-- Loading it again under the same name replaces it.
-- NULL is a number that is not known, never 0.
--
-- Untested: no test of usagectl runs it, one only parses it.

CREATE TABLE IF NOT EXISTS usage_records (
  `file` STRING, -- the file, as it was named or found
  `line` BIGINT, -- from 1, NULL where the file has none that matters
  `pointer` STRING, -- JSON pointer in the document or line, NULL for the whole
  `format` STRING, -- see usagectl formats
  `dialect` STRING, -- see usagectl dialects
  `role` STRING, -- request, aggregate, cumulative or copy
  `id` STRING, -- of the call
  `call_key` STRING, -- identifies the call in every load, NULL if nothing does
  `model` STRING,
  `time` TIMESTAMP, -- UTC
  `local_time` STRING, -- where the file gives no zone
  `agent` STRING, -- what the call is part of, by the words of --by
  `project` STRING,
  `session` STRING,
  `thread` STRING,
  `run` STRING,
  `tick` STRING,
  `phase` STRING,
  `entity` STRING,
  `kind` STRING,
  `chain` STRING,
  `part` STRING,
  `provider` STRING,
  `key` STRING,
  `tier` STRING,
  `input` BIGINT, -- all prompt tokens, cache included
  `cache_read` BIGINT, -- the part of input read from a cache
  `cache_write` BIGINT, -- the part of input written to a cache
  `tool_prompt` BIGINT, -- prompt tokens of tools of the provider, outside input
  `output` BIGINT, -- all generated tokens, reasoning included
  `reasoning` BIGINT, -- the part of output that was reasoning
  `total` BIGINT, -- as the provider gave it, else what it adds up to
  `unexplained` BIGINT, -- what a total of the provider holds beyond its parts
  `requests` BIGINT, -- calls, above 1 in a sum
  `completions` BIGINT, -- answers
  `chain_length` BIGINT, -- responses in a chain of calls
  `open_counts` STRING, -- counters that are mentioned without a number that is known
  `cost` DECIMAL(38, 24), -- what the file states that the call cost
  `cost_currency` STRING, -- its three letters, NULL where it is not known
  `bucket` STRING, -- counted, duplicate or ignored
  `reason` STRING, -- why it is not counted
  `schema` STRING, -- usagectl.flat_record/1
  `tool` STRING, -- the program and its version
  load_name STRING -- the load
) USING parquet PARTITIONED BY (load_name);

-- Replaces the partition of the load.
CREATE OR REPLACE TEMPORARY VIEW usage_loading (
  `file` STRING,
  `line` BIGINT,
  `pointer` STRING,
  `format` STRING,
  `dialect` STRING,
  `role` STRING,
  `id` STRING,
  `call_key` STRING,
  `model` STRING,
  `time` TIMESTAMP,
  `local_time` STRING,
  `agent` STRING,
  `project` STRING,
  `session` STRING,
  `thread` STRING,
  `run` STRING,
  `tick` STRING,
  `phase` STRING,
  `entity` STRING,
  `kind` STRING,
  `chain` STRING,
  `part` STRING,
  `provider` STRING,
  `key` STRING,
  `tier` STRING,
  `input` BIGINT,
  `cache_read` BIGINT,
  `cache_write` BIGINT,
  `tool_prompt` BIGINT,
  `output` BIGINT,
  `reasoning` BIGINT,
  `total` BIGINT,
  `unexplained` BIGINT,
  `requests` BIGINT,
  `completions` BIGINT,
  `chain_length` BIGINT,
  `open_counts` STRING,
  `cost` DECIMAL(38, 24),
  `cost_currency` STRING,
  `bucket` STRING,
  `reason` STRING,
  `schema` STRING,
  `tool` STRING
) USING json OPTIONS (path {file}, mode 'FAILFAST');
INSERT OVERWRITE TABLE usage_records PARTITION (load_name = {load}) SELECT * FROM usage_loading;

-- The counted records with what makes a call the same in another load, what makes two look alike,
-- the day in UTC, and the counters that are left open, each between spaces.
CREATE OR REPLACE VIEW usage_keyed AS
SELECT *,
  concat(call_key, CASE WHEN call_key LIKE 'c%' THEN numbers ELSE '' END) AS same_call,
  concat_ws(
    '|', coalesce(model, ''), CASE WHEN coalesce(CAST(`time` AS STRING), local_time, id) IS NULL
      THEN concat_ws(' ', `file`, CAST(`line` AS STRING), `pointer`)
      ELSE concat_ws(' ', CAST(`time` AS STRING), local_time, id) END,
    numbers
  ) AS alike
FROM (
  SELECT *,
    concat_ws(
      '|', coalesce(CAST(`input` AS STRING), '-'), coalesce(CAST(`cache_read` AS STRING), '-'),
      coalesce(CAST(`cache_write` AS STRING), '-'), coalesce(CAST(`tool_prompt` AS STRING), '-'),
      coalesce(CAST(`output` AS STRING), '-'), coalesce(CAST(`reasoning` AS STRING), '-'),
      coalesce(CAST(`total` AS STRING), '-')
    ) AS numbers,
    coalesce(
      date_format(to_utc_timestamp(`time`, current_timezone()), 'yyyy-MM-dd'),
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
      ORDER BY max(coalesce(`total`, `output`, `input`, 0)) DESC, load_name
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
    THEN sum(CAST(`input` AS DECIMAL(38, 0))) END AS sum_input,
  CASE WHEN NOT bool_or(open_words LIKE '% cache_read %')
    THEN sum(CAST(`cache_read` AS DECIMAL(38, 0))) END AS sum_cache_read,
  CASE WHEN NOT bool_or(open_words LIKE '% cache_write %')
    THEN sum(CAST(`cache_write` AS DECIMAL(38, 0))) END AS sum_cache_write,
  CASE WHEN NOT bool_or(open_words LIKE '% tool_prompt %')
    THEN sum(CAST(`tool_prompt` AS DECIMAL(38, 0))) END AS sum_tool_prompt,
  CASE WHEN NOT bool_or(open_words LIKE '% output %')
    THEN sum(CAST(`output` AS DECIMAL(38, 0))) END AS sum_output,
  CASE WHEN NOT bool_or(open_words LIKE '% reasoning %')
    THEN sum(CAST(`reasoning` AS DECIMAL(38, 0))) END AS sum_reasoning,
  CASE WHEN NOT bool_or(open_words LIKE '% total %')
    THEN sum(CAST(`total` AS DECIMAL(38, 0))) END AS sum_total,
  CASE WHEN NOT bool_or(open_words LIKE '% unexplained %')
    THEN sum(CAST(`unexplained` AS DECIMAL(38, 0))) END AS sum_unexplained,
  CASE WHEN NOT bool_or(open_words LIKE '% requests %')
    THEN sum(CAST(`requests` AS DECIMAL(38, 0))) END AS sum_requests,
  CASE WHEN NOT bool_or(open_words LIKE '% completions %')
    THEN sum(CAST(`completions` AS DECIMAL(38, 0))) END AS sum_completions,
  CASE WHEN NOT bool_or(open_words LIKE '% chain_length %')
    THEN sum(CAST(`chain_length` AS DECIMAL(38, 0))) END AS sum_chain_length
FROM usage_calls LATERAL VIEW stack(19,
    'total', CAST(NULL AS STRING),
    'model', `model`,
    'day', `call_day`,
    'file', `file`,
    'format', `format`,
    'agent', `agent`,
    'project', `project`,
    'session', `session`,
    'thread', `thread`,
    'run', `run`,
    'tick', `tick`,
    'phase', `phase`,
    'entity', `entity`,
    'kind', `kind`,
    'chain', `chain`,
    'part', `part`,
    'provider', `provider`,
    'key', `key`,
    'tier', `tier`) keys AS by_key, by_value
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
  `file`, `line`, `pointer`, call_key,
  'reasoning' AS counter, `reasoning` AS asserted, `output` AS calculated,
  'reasoning exceeds output, which it is a part of' AS explanation
FROM usage_calls WHERE `reasoning` > `output`
UNION ALL
SELECT 'part' AS rule, 'error' AS severity, load_name,
  `file`, `line`, `pointer`, call_key,
  'cache_read' AS counter, `cache_read` AS asserted, `input` AS calculated,
  'cache_read exceeds input, which it is a part of' AS explanation
FROM usage_calls WHERE `cache_read` > `input`
UNION ALL
SELECT 'part' AS rule, 'error' AS severity, load_name,
  `file`, `line`, `pointer`, call_key,
  'cache_write' AS counter, `cache_write` AS asserted, `input` AS calculated,
  'cache_write exceeds input, which it is a part of' AS explanation
FROM usage_calls WHERE `cache_write` > `input`
UNION ALL
SELECT 'duplicate' AS rule, 'note' AS severity, first_load AS load_name,
  CAST(NULL AS STRING) AS `file`, CAST(NULL AS BIGINT) AS `line`,
  CAST(NULL AS STRING) AS `pointer`, some_key AS call_key,
  'requests' AS counter, loads AS asserted,
  CAST(1 AS BIGINT) AS calculated,
  'several loads have the call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, min(call_key) AS some_key, count(DISTINCT load_name) AS loads
  FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call
) AS keyed WHERE loads > 1
UNION ALL
SELECT 'duplicate' AS rule, 'warning' AS severity, first_load AS load_name,
  CAST(NULL AS STRING) AS `file`, CAST(NULL AS BIGINT) AS `line`,
  CAST(NULL AS STRING) AS `pointer`, CAST(NULL AS STRING) AS call_key,
  'requests' AS counter, loads AS asserted,
  CAST(1 AS BIGINT) AS calculated,
  'several loads have calls that look alike: perhaps one call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, count(DISTINCT load_name) AS loads
  FROM usage_calls GROUP BY alike
) AS pairs WHERE loads > 1
UNION ALL
SELECT 'coverage' AS rule, 'warning' AS severity, load_name,
  `file`, `line`, `pointer`, call_key,
  open_counts AS counter, CAST(NULL AS BIGINT) AS asserted,
  CAST(NULL AS BIGINT) AS calculated,
  'mentioned without a number that is known' AS explanation
FROM usage_calls WHERE open_counts IS NOT NULL;
