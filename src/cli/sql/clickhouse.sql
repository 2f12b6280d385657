-- The records of usagectl in ClickHouse: one table, filled load by load, and views over it.
--
--   usagectl records --flat -o node7.jsonl LOGS
--   usagectl sql --engine clickhouse --load node7 --file node7.jsonl | clickhouse-client -n
--
-- A load is what one run of `usagectl records --flat` wrote, such as the logs of one machine.
-- Loading it again under the same name replaces it.
-- NULL is a number that is not known, never 0.

CREATE TABLE IF NOT EXISTS usage_records (
  load_name String, -- the load
  `file` Nullable(String), -- the file, as it was named or found
  `line` Nullable(Int64), -- from 1, NULL where the file has none that matters
  `pointer` Nullable(String), -- JSON pointer in the document or line, NULL for the whole
  `format` Nullable(String), -- see usagectl formats
  `dialect` Nullable(String), -- see usagectl dialects
  `role` Nullable(String), -- request, aggregate, cumulative or copy
  `id` Nullable(String), -- of the call
  `call_key` Nullable(String), -- identifies the call in every load, NULL if nothing does
  `model` Nullable(String),
  `time` Nullable(String), -- UTC
  `local_time` Nullable(String), -- where the file gives no zone
  `agent` Nullable(String), -- what the call is part of, by the words of --by
  `project` Nullable(String),
  `session` Nullable(String),
  `thread` Nullable(String),
  `run` Nullable(String),
  `tick` Nullable(String),
  `phase` Nullable(String),
  `entity` Nullable(String),
  `kind` Nullable(String),
  `chain` Nullable(String),
  `part` Nullable(String),
  `provider` Nullable(String),
  `key` Nullable(String),
  `tier` Nullable(String),
  `input` Nullable(Int64), -- all prompt tokens, cache included
  `cache_read` Nullable(Int64), -- the part of input read from a cache
  `cache_write` Nullable(Int64), -- the part of input written to a cache
  `tool_prompt` Nullable(Int64), -- prompt tokens of tools of the provider, outside input
  `output` Nullable(Int64), -- all generated tokens, reasoning included
  `reasoning` Nullable(Int64), -- the part of output that was reasoning
  `total` Nullable(Int64), -- as the provider gave it, else what it adds up to
  `unexplained` Nullable(Int64), -- what a total of the provider holds beyond its parts
  `requests` Nullable(Int64), -- calls, above 1 in a sum
  `completions` Nullable(Int64), -- answers
  `chain_length` Nullable(Int64), -- responses in a chain of calls
  `open_counts` Nullable(String), -- counters that are mentioned without a number that is known
  `cost` Nullable(String), -- what the file states that the call cost, for toDecimal128(cost, 24)
  `cost_currency` Nullable(String), -- its three letters, NULL where it is not known
  `bucket` Nullable(String), -- counted, duplicate or ignored
  `reason` Nullable(String), -- why it is not counted
  `schema` Nullable(String), -- usagectl.flat_record/1
  `tool` Nullable(String) -- the program and its version
) ENGINE = MergeTree PARTITION BY load_name ORDER BY tuple();

-- What is being loaded.
CREATE TABLE IF NOT EXISTS usage_loading (
  `file` Nullable(String),
  `line` Nullable(Int64),
  `pointer` Nullable(String),
  `format` Nullable(String),
  `dialect` Nullable(String),
  `role` Nullable(String),
  `id` Nullable(String),
  `call_key` Nullable(String),
  `model` Nullable(String),
  `time` Nullable(String),
  `local_time` Nullable(String),
  `agent` Nullable(String),
  `project` Nullable(String),
  `session` Nullable(String),
  `thread` Nullable(String),
  `run` Nullable(String),
  `tick` Nullable(String),
  `phase` Nullable(String),
  `entity` Nullable(String),
  `kind` Nullable(String),
  `chain` Nullable(String),
  `part` Nullable(String),
  `provider` Nullable(String),
  `key` Nullable(String),
  `tier` Nullable(String),
  `input` Nullable(Int64),
  `cache_read` Nullable(Int64),
  `cache_write` Nullable(Int64),
  `tool_prompt` Nullable(Int64),
  `output` Nullable(Int64),
  `reasoning` Nullable(Int64),
  `total` Nullable(Int64),
  `unexplained` Nullable(Int64),
  `requests` Nullable(Int64),
  `completions` Nullable(Int64),
  `chain_length` Nullable(Int64),
  `open_counts` Nullable(String),
  `cost` Nullable(String),
  `cost_currency` Nullable(String),
  `bucket` Nullable(String),
  `reason` Nullable(String),
  `schema` Nullable(String),
  `tool` Nullable(String)
) ENGINE = Log;

-- Before the next statement, in a shell, as the server does not read files of a client:
--   clickhouse-client --query 'TRUNCATE TABLE usage_loading'
--   clickhouse-client --query 'INSERT INTO usage_loading FORMAT JSONEachRow' < {file}
ALTER TABLE usage_records DROP PARTITION {load};
INSERT INTO usage_records SELECT {load} AS load_name, * FROM usage_loading;

DROP TABLE IF EXISTS usage_findings;
DROP TABLE IF EXISTS usage_by;
DROP TABLE IF EXISTS usage_calls;
DROP TABLE IF EXISTS usage_keyed;

-- The counted records with what makes a call the same in another load, what makes two look alike,
-- the day in UTC, and the counters that are left open, each between spaces.
CREATE VIEW usage_keyed AS
SELECT *,
  concat(call_key, if(substring(call_key, 1, 1) = 'c', numbers, '')) AS same_call,
  concat(
    ifNull(model, ''), '|', if(isNull(`time`) AND isNull(local_time) AND isNull(id),
      concat(`file`, ' ', ifNull(toString(`line`), ''), ' ', ifNull(`pointer`, '')),
      concat(ifNull(`time`, ''), ' ', ifNull(local_time, ''), ' ', ifNull(id, ''))
    ), '|', numbers
  ) AS alike
FROM (
  SELECT *,
    concat(
      ifNull(toString(`input`), '-'), '|', ifNull(toString(`cache_read`), '-'), '|',
      ifNull(toString(`cache_write`), '-'), '|', ifNull(toString(`tool_prompt`), '-'), '|',
      ifNull(toString(`output`), '-'), '|', ifNull(toString(`reasoning`), '-'), '|',
      ifNull(toString(`total`), '-')
    ) AS numbers,
    ifNull(substring(`time`, 1, 10), substring(local_time, 1, 10)) AS call_day,
    concat(' ', ifNull(open_counts, ''), ' ') AS open_words
  FROM usage_records WHERE bucket = 'counted'
);

-- Each call once, across loads. The rows of one load add up to what `usagectl summarize` prints
-- for it. A call that several loads have (the same call_key, and of a key that begins with c the
-- same numbers too) is taken from the load with its fullest report, the first by name of those that
-- are alike. Calls without a key cannot be recognised in another load: they count once in each.
CREATE VIEW usage_calls AS
SELECT * FROM usage_keyed WHERE call_key IS NULL
  OR (same_call, load_name) IN (
    SELECT same_call,
      -- The first by name of those with the fullest report.
      arrayElement(arraySort(
        (name, fullness) -> tuple(0 - fullness, name), groupArray(load_name), groupArray(full)
      ), 1)
    FROM (
      SELECT same_call, load_name, max(ifNull(total, ifNull(output, ifNull(input, 0)))) AS full
      FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call, load_name
    )
    GROUP BY same_call
  );

-- Sums by one key: by_key is total, model, day, file, format, or a word of --by such as session.
-- by_value is NULL for calls that have none, and for the total. A sum is that of the calls that
-- have the number, and NULL if none has it or if one mentions it without a number that is known.
-- Days are in UTC, or as the file gives them without a zone.
CREATE VIEW usage_by AS
SELECT by_key, by_value, toInt64(count()) AS records,
  if(count(`input`) = 0 OR max(position(open_words, ' input ') > 0), NULL,
    sum(toDecimal128(`input`, 0))) AS sum_input,
  if(count(`cache_read`) = 0 OR max(position(open_words, ' cache_read ') > 0), NULL,
    sum(toDecimal128(`cache_read`, 0))) AS sum_cache_read,
  if(count(`cache_write`) = 0 OR max(position(open_words, ' cache_write ') > 0), NULL,
    sum(toDecimal128(`cache_write`, 0))) AS sum_cache_write,
  if(count(`tool_prompt`) = 0 OR max(position(open_words, ' tool_prompt ') > 0), NULL,
    sum(toDecimal128(`tool_prompt`, 0))) AS sum_tool_prompt,
  if(count(`output`) = 0 OR max(position(open_words, ' output ') > 0), NULL,
    sum(toDecimal128(`output`, 0))) AS sum_output,
  if(count(`reasoning`) = 0 OR max(position(open_words, ' reasoning ') > 0), NULL,
    sum(toDecimal128(`reasoning`, 0))) AS sum_reasoning,
  if(count(`total`) = 0 OR max(position(open_words, ' total ') > 0), NULL,
    sum(toDecimal128(`total`, 0))) AS sum_total,
  if(count(`unexplained`) = 0 OR max(position(open_words, ' unexplained ') > 0), NULL,
    sum(toDecimal128(`unexplained`, 0))) AS sum_unexplained,
  if(count(`requests`) = 0 OR max(position(open_words, ' requests ') > 0), NULL,
    sum(toDecimal128(`requests`, 0))) AS sum_requests,
  if(count(`completions`) = 0 OR max(position(open_words, ' completions ') > 0), NULL,
    sum(toDecimal128(`completions`, 0))) AS sum_completions,
  if(count(`chain_length`) = 0 OR max(position(open_words, ' chain_length ') > 0), NULL,
    sum(toDecimal128(`chain_length`, 0))) AS sum_chain_length
FROM usage_calls ARRAY JOIN
  [
    'total', 'model', 'day', 'file', 'format', 'agent', 'project', 'session', 'thread', 'run',
    'tick', 'phase', 'entity', 'kind', 'chain', 'part', 'provider', 'key', 'tier'
  ] AS by_key,
  [
    CAST(NULL, 'Nullable(String)'), `model`, `call_day`, `file`, `format`, `agent`, `project`,
    `session`, `thread`, `run`, `tick`, `phase`, `entity`, `kind`, `chain`, `part`, `provider`,
    `key`, `tier`
  ] AS by_value
GROUP BY by_key, by_value;

-- What is wrong by the numbers of one row, or of the same call in several loads:
--   part       a part exceeds its whole, as `usagectl reconcile` reports it
--   duplicate  note: several loads have the call, which counts once
--              warning: several loads have calls with the same moment or id (or place, without
--              either), model and numbers, which count once each and are perhaps one call
--   coverage   a count is mentioned without a number that is known, so sums with it are NULL
-- Sums that files claim, numberings and running totals need the files: see `usagectl reconcile`.
CREATE VIEW usage_findings AS
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
  CAST(NULL, 'Nullable(String)') AS `file`, CAST(NULL, 'Nullable(Int64)') AS `line`,
  CAST(NULL, 'Nullable(String)') AS `pointer`, some_key AS call_key,
  'requests' AS counter, CAST(loads, 'Nullable(Int64)') AS asserted,
  CAST(1, 'Nullable(Int64)') AS calculated,
  'several loads have the call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, any(call_key) AS some_key, uniqExact(load_name) AS loads
  FROM usage_keyed WHERE call_key IS NOT NULL GROUP BY same_call
) WHERE loads > 1
UNION ALL
SELECT 'duplicate' AS rule, 'warning' AS severity, first_load AS load_name,
  CAST(NULL, 'Nullable(String)') AS `file`, CAST(NULL, 'Nullable(Int64)') AS `line`,
  CAST(NULL, 'Nullable(String)') AS `pointer`, CAST(NULL, 'Nullable(String)') AS call_key,
  'requests' AS counter, CAST(loads, 'Nullable(Int64)') AS asserted,
  CAST(1, 'Nullable(Int64)') AS calculated,
  'several loads have calls that look alike: perhaps one call' AS explanation
FROM (
  SELECT min(load_name) AS first_load, uniqExact(load_name) AS loads
  FROM usage_calls GROUP BY alike
) WHERE loads > 1
UNION ALL
SELECT 'coverage' AS rule, 'warning' AS severity, load_name,
  `file`, `line`, `pointer`, call_key,
  open_counts AS counter, CAST(NULL, 'Nullable(Int64)') AS asserted,
  CAST(NULL, 'Nullable(Int64)') AS calculated,
  'mentioned without a number that is known' AS explanation
FROM usage_calls WHERE open_counts IS NOT NULL;
