-- What files claim about their own records: asserted numbers, and the parts that they are about, as
-- `usagectl records --flat --claims FILE` writes them. Without any, usage_checks is empty.
CREATE TABLE IF NOT EXISTS usage_claims (
  load_name VARCHAR NOT NULL, -- the load
  "side" VARCHAR, -- claim, held, or what a part is: record, member, written and so on
  "claim_group" BIGINT, -- what the claim is about: the parts of the load with that number
  "rule" VARCHAR, -- see usagectl rules
  "severity" VARCHAR, -- where the claim does not hold
  "demand" VARCHAR, -- how asserted has to compare: equals, at_most, at_least
  "file" VARCHAR, -- the file of the number or part
  "line" BIGINT,
  "pointer" VARCHAR, -- JSON pointer
  "counter" VARCHAR, -- what is counted
  "asserted" BIGINT, -- the number
  "compared" BIGINT, -- what it is compared with, where that is no sum over parts
  "solved" BIGINT, -- asserted in the words of every report
  "needs_parts" BIGINT, -- with another number of parts the sum proves nothing
  "conditions" VARCHAR, -- words, see usagectl-output(5)
  "explanation" VARCHAR, -- what is wrong where it does not hold
  "members" BIGINT, -- how many members a part is; of held, how many claims hold
  "number" BIGINT, -- of a member, in a numbering from 1
  "input" BIGINT,
  "cache_read" BIGINT,
  "cache_write" BIGINT,
  "tool_prompt" BIGINT,
  "output" BIGINT,
  "reasoning" BIGINT,
  "total" BIGINT,
  "unexplained" BIGINT,
  "requests" BIGINT,
  "completions" BIGINT,
  "chain_length" BIGINT,
  "schema" VARCHAR, -- usagectl.flat_claim/1
  "tool" VARCHAR -- the program and its version
);

BEGIN;
DELETE FROM usage_claims WHERE load_name = {load};
-- {if claims}
INSERT INTO usage_claims SELECT {load}, *
FROM read_json({claims}, format = 'newline_delimited', columns = {
    'side': 'VARCHAR',
    'claim_group': 'BIGINT',
    'rule': 'VARCHAR',
    'severity': 'VARCHAR',
    'demand': 'VARCHAR',
    'file': 'VARCHAR',
    'line': 'BIGINT',
    'pointer': 'VARCHAR',
    'counter': 'VARCHAR',
    'asserted': 'BIGINT',
    'compared': 'BIGINT',
    'solved': 'BIGINT',
    'needs_parts': 'BIGINT',
    'conditions': 'VARCHAR',
    'explanation': 'VARCHAR',
    'members': 'BIGINT',
    'number': 'BIGINT',
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
    'schema': 'VARCHAR',
    'tool': 'VARCHAR'
});
-- {end}
COMMIT;

-- What the parts of each group add up to, counter by counter; the row with the counter '' is of its
-- members. Parts as they are written are taken back where a fuller report of the call follows. The
-- group with the opposite number has their counts in the words of every report.
CREATE OR REPLACE VIEW usage_part_sums AS
SELECT load_name, summed_group, records, written, members, tokens, rejected,
  numbers, first_number, last_number, known_input,
  unnest([
    '', 'input', 'cache_read', 'cache_write', 'tool_prompt', 'output', 'reasoning',
    'total', 'unexplained', 'requests', 'completions', 'chain_length'
  ]) AS counter,
  unnest([
    NULL, sum_input, sum_cache_read, sum_cache_write, sum_tool_prompt,
    sum_output, sum_reasoning, sum_total, sum_unexplained,
    sum_requests, sum_completions, sum_chain_length
  ]) AS summed,
  unnest([
    0, known_input, known_cache_read, known_cache_write, known_tool_prompt,
    known_output, known_reasoning, known_total, known_unexplained,
    known_requests, known_completions, known_chain_length
  ]) AS known
FROM (
  SELECT load_name, summed_group,
    sum(CASE WHEN "side" = 'record' THEN 1 ELSE 0 END) AS records,
    sum(CASE WHEN "side" IN ('written', 'unwritten', 'solved', 'unsolved') THEN sign ELSE 0 END)
      AS written,
    sum(CASE WHEN "side" IN ('record', 'member') THEN "members" ELSE 0 END) AS members,
    sum(CASE WHEN "side" IN ('written', 'unwritten') THEN sign * "members" ELSE 0 END) AS tokens,
    sum(CASE WHEN "side" = 'rejected' THEN 1 ELSE 0 END) AS rejected,
    CASE WHEN count(DISTINCT "number") = count("number")
      THEN count("number") ELSE -1 END AS numbers,
    min("number") AS first_number, max("number") AS last_number,
    coalesce(sum(sign * "input"), 0) AS sum_input,
    sum(CASE WHEN "input" IS NULL THEN 0 ELSE sign END) AS known_input,
    coalesce(sum(sign * "cache_read"), 0) AS sum_cache_read,
    sum(CASE WHEN "cache_read" IS NULL THEN 0 ELSE sign END) AS known_cache_read,
    coalesce(sum(sign * "cache_write"), 0) AS sum_cache_write,
    sum(CASE WHEN "cache_write" IS NULL THEN 0 ELSE sign END) AS known_cache_write,
    coalesce(sum(sign * "tool_prompt"), 0) AS sum_tool_prompt,
    sum(CASE WHEN "tool_prompt" IS NULL THEN 0 ELSE sign END) AS known_tool_prompt,
    coalesce(sum(sign * "output"), 0) AS sum_output,
    sum(CASE WHEN "output" IS NULL THEN 0 ELSE sign END) AS known_output,
    coalesce(sum(sign * "reasoning"), 0) AS sum_reasoning,
    sum(CASE WHEN "reasoning" IS NULL THEN 0 ELSE sign END) AS known_reasoning,
    coalesce(sum(sign * "total"), 0) AS sum_total,
    sum(CASE WHEN "total" IS NULL THEN 0 ELSE sign END) AS known_total,
    coalesce(sum(sign * "unexplained"), 0) AS sum_unexplained,
    sum(CASE WHEN "unexplained" IS NULL THEN 0 ELSE sign END) AS known_unexplained,
    coalesce(sum(sign * "requests"), 0) AS sum_requests,
    sum(CASE WHEN "requests" IS NULL THEN 0 ELSE sign END) AS known_requests,
    coalesce(sum(sign * "completions"), 0) AS sum_completions,
    sum(CASE WHEN "completions" IS NULL THEN 0 ELSE sign END) AS known_completions,
    coalesce(sum(sign * "chain_length"), 0) AS sum_chain_length,
    sum(CASE WHEN "chain_length" IS NULL THEN 0 ELSE sign END) AS known_chain_length
  FROM (
    SELECT *,
      CASE WHEN "side" IN ('solved', 'unsolved') THEN 0 - "claim_group" ELSE "claim_group" END
        AS summed_group,
      CASE WHEN "side" IN ('unwritten', 'unsolved') THEN -1 ELSE 1 END AS sign
    FROM usage_claims WHERE "claim_group" IS NOT NULL AND "side" <> 'claim'
  ) AS signed
  GROUP BY load_name, summed_group
) AS sums;

-- Each claim that compares two numbers, and its verdict: holds, unproved (no parts, some of them
-- were rejected, or some lack the counter), follows (from other numbers of its object), or the
-- severity of the finding that it is. Claims are checked within their load.
CREATE OR REPLACE VIEW usage_checks AS
WITH sums AS MATERIALIZED (SELECT * FROM usage_part_sums)
SELECT "rule", load_name, "file", "line", "pointer", "counter", asserted, calculated, explanation,
  CASE
    WHEN claim_group IS NULL THEN CASE
      WHEN demand = 'equals' AND asserted = calculated THEN 'holds'
      WHEN demand = 'at_most' AND asserted <= calculated THEN 'holds'
      WHEN demand = 'at_least' AND asserted >= calculated THEN 'holds'
      ELSE severity_of_claim END
    WHEN words LIKE '% unprovable %' OR rejected > 0 THEN 'unproved'
    WHEN words LIKE '% members %' THEN CASE
      WHEN members = 0 AND words NOT LIKE '% none_is_zero %' THEN 'unproved'
      WHEN asserted = members THEN 'holds'
      -- Whoever turns a log on later has the last of its members.
      WHEN numbers > 0 AND last_number = asserted AND first_number = asserted - numbers + 1
        THEN 'note'
      WHEN asserted < members AND words LIKE '% more_is_note %' THEN 'note'
      WHEN asserted < members AND words LIKE '% more_is_warning %' THEN 'warning'
      ELSE severity_of_claim END
    WHEN records = 0 AND words NOT LIKE '% none_is_zero %' THEN 'unproved'
    WHEN needs_parts <> records THEN 'unproved'
    WHEN words LIKE '% derived %' AND known_input > 0 THEN 'follows'
    WHEN words LIKE '% as_written %' AND known = 0 THEN 'unproved'
    WHEN words LIKE '% as_written %' AND solved = solved_sum AND solved_known = solved_parts
      THEN 'holds'
    -- Calls that failed used nothing: some writers count them.
    WHEN words LIKE '% as_written %' AND counter = 'requests' AND asserted = tokens
      AND calculated = parts THEN 'holds'
    WHEN words LIKE '% as_written %' AND asserted = calculated THEN 'holds'
    WHEN known <> parts AND NOT (words LIKE '% missing_is_zero %' AND known > 0) THEN 'unproved'
    WHEN asserted = calculated THEN 'holds'
    WHEN demand = 'at_most' AND asserted < calculated THEN 'note'
    ELSE severity_of_claim END AS verdict
FROM (
  SELECT c."rule", c.load_name, c."file", c."line", c."pointer", c."counter",
    c.asserted, c.explanation, c.claim_group, c.demand, c.severity AS severity_of_claim,
    c.needs_parts, c.solved, c.words,
    coalesce(s.records, 0) AS records, coalesce(s.members, 0) AS members,
    coalesce(s.tokens, 0) AS tokens, coalesce(s.rejected, 0) AS rejected,
    coalesce(s.numbers, 0) AS numbers, s.first_number, s.last_number,
    coalesce(s.known_input, 0) AS known_input, coalesce(s.known, 0) AS known,
    CASE WHEN c.words LIKE '% as_written %' THEN coalesce(s.written, 0)
      ELSE coalesce(s.records, 0) END AS parts,
    v.summed AS solved_sum, v.known AS solved_known, v.written AS solved_parts,
    CASE WHEN c.claim_group IS NULL THEN c.compared
      WHEN c.words LIKE '% members %' THEN coalesce(s.members, 0)
      ELSE coalesce(s.summed, 0) END AS calculated
  FROM (
    SELECT *, concat(' ', coalesce(conditions, ''), ' ') AS words
    FROM usage_claims WHERE "side" = 'claim'
  ) c
  LEFT JOIN sums s ON s.load_name = c.load_name AND s.summed_group = c.claim_group
    AND s.counter = CASE WHEN c.words LIKE '% members %' THEN '' ELSE c."counter" END
  LEFT JOIN sums v ON v.load_name = c.load_name AND v.summed_group = 0 - c.claim_group
    AND v.counter = c."counter"
) AS compared;
