-- What files claim about their own records: asserted numbers, and the parts that they are about, as
-- `usagectl records --flat --claims FILE` writes them. Without any, usage_checks is empty.
CREATE TABLE IF NOT EXISTS usage_claims{shard} (
  load_name String, -- the load
  `side` Nullable(String), -- claim, held, or what a part is: record, member, written and so on
  `claim_group` Nullable(Int64), -- what the claim is about: the parts of the load with that number
  `rule` Nullable(String), -- see usagectl rules
  `severity` Nullable(String), -- where the claim does not hold
  `demand` Nullable(String), -- how asserted has to compare: equals, at_most, at_least
  `file` Nullable(String), -- the file of the number or part
  `line` Nullable(Int64),
  `pointer` Nullable(String), -- JSON pointer
  `counter` Nullable(String), -- what is counted
  `asserted` Nullable(Int64), -- the number
  `compared` Nullable(Int64), -- what it is compared with, where that is no sum over parts
  `solved` Nullable(Int64), -- asserted in the words of every report
  `needs_parts` Nullable(Int64), -- with another number of parts the sum proves nothing
  `conditions` Nullable(String), -- words, see usagectl-output(5)
  `explanation` Nullable(String), -- what is wrong where it does not hold
  `members` Nullable(Int64), -- how many members a part is; of held, how many claims hold
  `number` Nullable(Int64), -- of a member, in a numbering from 1
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
  `schema` Nullable(String), -- usagectl.flat_claim/1
  `tool` Nullable(String) -- the program and its version
) ENGINE = MergeTree PARTITION BY load_name ORDER BY tuple();
-- {if cluster}
-- The loads of all shards: each has those that were loaded on it.
CREATE TABLE IF NOT EXISTS usage_claims AS usage_claims{shard}
  ENGINE = Distributed({cluster}, currentDatabase(), usage_claims{shard});
-- {end}

-- What is being loaded.
CREATE TABLE IF NOT EXISTS usage_loading_claims (
  `side` Nullable(String),
  `claim_group` Nullable(Int64),
  `rule` Nullable(String),
  `severity` Nullable(String),
  `demand` Nullable(String),
  `file` Nullable(String),
  `line` Nullable(Int64),
  `pointer` Nullable(String),
  `counter` Nullable(String),
  `asserted` Nullable(Int64),
  `compared` Nullable(Int64),
  `solved` Nullable(Int64),
  `needs_parts` Nullable(Int64),
  `conditions` Nullable(String),
  `explanation` Nullable(String),
  `members` Nullable(Int64),
  `number` Nullable(Int64),
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
  `schema` Nullable(String),
  `tool` Nullable(String)
) ENGINE = Log;

ALTER TABLE usage_claims{shard} DROP PARTITION {load};
-- {if claims}
-- Before the next statement, in a shell:
--   clickhouse-client --query 'TRUNCATE TABLE usage_loading_claims'
--   clickhouse-client --query 'INSERT INTO usage_loading_claims FORMAT JSONEachRow' < {claims}
INSERT INTO usage_claims{shard} SELECT {load} AS load_name, * FROM usage_loading_claims;
-- {end}

DROP TABLE IF EXISTS usage_findings;
DROP TABLE IF EXISTS usage_checks;
DROP TABLE IF EXISTS usage_part_sums;

-- What the parts of each group add up to, counter by counter; the row with the counter '' is of its
-- members. Parts as they are written are taken back where a fuller report of the call follows. The
-- group with the opposite number has their counts in the words of every report.
CREATE VIEW usage_part_sums AS
SELECT load_name, summed_group, counter, records, written, in_group AS members, tokens, rejected,
  numbers, first_number, last_number, known_input, summed, known
FROM (
  SELECT load_name, summed_group,
    toInt64(sum(part_side = 'record')) AS records,
    sum(if(part_side IN ('written', 'unwritten', 'solved', 'unsolved'), sign, 0)) AS written,
    sum(if(part_side IN ('record', 'member'), ifNull(`members`, 0), 0)) AS in_group,
    sum(if(part_side IN ('written', 'unwritten'), sign * ifNull(`members`, 0), 0)) AS tokens,
    toInt64(sum(part_side = 'rejected')) AS rejected,
    if(uniqExact(`number`) = count(`number`), toInt64(count(`number`)), toInt64(-1)) AS numbers,
    ifNull(min(`number`), 0) AS first_number, ifNull(max(`number`), 0) AS last_number,
    sum(toDecimal128(sign * ifNull(`input`, 0), 0)) AS sum_input,
    sum(if(isNull(`input`), 0, sign)) AS known_input,
    sum(toDecimal128(sign * ifNull(`cache_read`, 0), 0)) AS sum_cache_read,
    sum(if(isNull(`cache_read`), 0, sign)) AS known_cache_read,
    sum(toDecimal128(sign * ifNull(`cache_write`, 0), 0)) AS sum_cache_write,
    sum(if(isNull(`cache_write`), 0, sign)) AS known_cache_write,
    sum(toDecimal128(sign * ifNull(`tool_prompt`, 0), 0)) AS sum_tool_prompt,
    sum(if(isNull(`tool_prompt`), 0, sign)) AS known_tool_prompt,
    sum(toDecimal128(sign * ifNull(`output`, 0), 0)) AS sum_output,
    sum(if(isNull(`output`), 0, sign)) AS known_output,
    sum(toDecimal128(sign * ifNull(`reasoning`, 0), 0)) AS sum_reasoning,
    sum(if(isNull(`reasoning`), 0, sign)) AS known_reasoning,
    sum(toDecimal128(sign * ifNull(`total`, 0), 0)) AS sum_total,
    sum(if(isNull(`total`), 0, sign)) AS known_total,
    sum(toDecimal128(sign * ifNull(`unexplained`, 0), 0)) AS sum_unexplained,
    sum(if(isNull(`unexplained`), 0, sign)) AS known_unexplained,
    sum(toDecimal128(sign * ifNull(`requests`, 0), 0)) AS sum_requests,
    sum(if(isNull(`requests`), 0, sign)) AS known_requests,
    sum(toDecimal128(sign * ifNull(`completions`, 0), 0)) AS sum_completions,
    sum(if(isNull(`completions`), 0, sign)) AS known_completions,
    sum(toDecimal128(sign * ifNull(`chain_length`, 0), 0)) AS sum_chain_length,
    sum(if(isNull(`chain_length`), 0, sign)) AS known_chain_length
  FROM (
    SELECT *, ifNull(`side`, '') AS part_side,
      assumeNotNull(`claim_group`) AS own_group,
      if(part_side IN ('solved', 'unsolved'), 0 - own_group, own_group) AS summed_group,
      toInt64(if(part_side IN ('unwritten', 'unsolved'), -1, 1)) AS sign
    FROM usage_claims WHERE isNotNull(`claim_group`) AND part_side != 'claim'
  )
  GROUP BY load_name, summed_group
)
ARRAY JOIN
  [
    '', 'input', 'cache_read', 'cache_write', 'tool_prompt', 'output', 'reasoning',
    'total', 'unexplained', 'requests', 'completions', 'chain_length'
  ] AS counter,
  [
    toDecimal128(0, 0), sum_input, sum_cache_read, sum_cache_write, sum_tool_prompt,
    sum_output, sum_reasoning, sum_total, sum_unexplained,
    sum_requests, sum_completions, sum_chain_length
  ] AS summed,
  [
    toInt64(0), known_input, known_cache_read, known_cache_write, known_tool_prompt,
    known_output, known_reasoning, known_total, known_unexplained,
    known_requests, known_completions, known_chain_length
  ] AS known;

-- Each claim that compares two numbers, and its verdict: holds, unproved (no parts, some of them
-- were rejected, or some lack the counter), follows (from other numbers of its object), or the
-- severity of the finding that it is. Claims are checked within their load.
CREATE VIEW usage_checks AS
SELECT `rule`, load_name, `file`, `line`, `pointer`, `counter`, asserted, calculated, explanation,
  CASE
    WHEN claim_group IS NULL THEN CASE
      WHEN demand = 'equals' AND asserted = calculated THEN 'holds'
      WHEN demand = 'at_most' AND asserted <= calculated THEN 'holds'
      WHEN demand = 'at_least' AND asserted >= calculated THEN 'holds'
      ELSE severity_of_claim END
    WHEN position(words, ' unprovable ') > 0 OR rejected > 0 THEN 'unproved'
    WHEN position(words, ' members ') > 0 THEN CASE
      WHEN members = 0 AND position(words, ' none_is_zero ') = 0 THEN 'unproved'
      WHEN asserted = members THEN 'holds'
      -- Whoever turns a log on later has the last of its members.
      WHEN numbers > 0 AND last_number = asserted AND first_number = asserted - numbers + 1
        THEN 'note'
      WHEN asserted < members AND position(words, ' more_is_note ') > 0 THEN 'note'
      WHEN asserted < members AND position(words, ' more_is_warning ') > 0 THEN 'warning'
      ELSE severity_of_claim END
    WHEN records = 0 AND position(words, ' none_is_zero ') = 0 THEN 'unproved'
    WHEN needs_parts <> records THEN 'unproved'
    WHEN position(words, ' derived ') > 0 AND known_input > 0 THEN 'follows'
    WHEN position(words, ' as_written ') > 0 AND known = 0 THEN 'unproved'
    WHEN position(words, ' as_written ') > 0 AND solved = solved_sum AND solved_known = solved_parts
      THEN 'holds'
    -- Calls that failed used nothing: some writers count them.
    WHEN position(words, ' as_written ') > 0 AND counter = 'requests' AND asserted = tokens
      AND calculated = parts THEN 'holds'
    WHEN position(words, ' as_written ') > 0 AND asserted = calculated THEN 'holds'
    WHEN known <> parts AND NOT (position(words, ' missing_is_zero ') > 0 AND known > 0)
      THEN 'unproved'
    WHEN asserted = calculated THEN 'holds'
    WHEN demand = 'at_most' AND asserted < calculated THEN 'note'
    ELSE severity_of_claim END AS verdict
FROM (
  SELECT *,
    if(is_written, written, records) AS parts,
    if(isNull(claim_group), toDecimal128(ifNull(compared, 0), 0),
      if(position(words, ' members ') > 0, toDecimal128(members, 0), summed)) AS calculated
  FROM (
    SELECT * FROM (
      SELECT `rule`, load_name, `file`, `line`, `pointer`, `counter`, asserted, explanation,
        claim_group, demand, severity AS severity_of_claim, needs_parts, solved, compared,
        concat(' ', ifNull(conditions, ''), ' ') AS words,
        position(words, ' as_written ') > 0 AS is_written,
        ifNull(claim_group, 0) AS summed_group, 0 - summed_group AS solved_group,
        if(position(words, ' members ') > 0, '', ifNull(`counter`, '')) AS summed_counter
      FROM usage_claims WHERE `side` = 'claim'
    ) ANY LEFT JOIN (
      SELECT load_name, summed_group, counter AS summed_counter, records, written, members,
        tokens, rejected, numbers, first_number, last_number, known_input, summed, known
      FROM usage_part_sums
    ) USING (load_name, summed_group, summed_counter)
  ) ANY LEFT JOIN (
    SELECT load_name, summed_group AS solved_group, counter AS summed_counter,
      summed AS solved_sum, known AS solved_known, written AS solved_parts
    FROM usage_part_sums WHERE summed_group < 0
  ) USING (load_name, solved_group, summed_counter)
);
