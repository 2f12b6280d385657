#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

FormatReading rollout(const std::string& name) { return read_fixture("codex_rollout/" + name); }

Count sum_of(const FormatReading& reading, Counter counter) {
  Count sum = 0;
  for (const UsageRecord& record : reading.records) sum += record.counts[counter].value_or(0);
  return sum;
}

const std::string* session_of(const UsageRecord& record) { return scope_value(record, "session"); }

TEST_CASE("each step of a rollout is a call, counted by the growth of the total") {
  for (const char* const name :
       {"session.jsonl", "told_again.jsonl", "totals_only.jsonl", "steps_between_totals.jsonl",
        "step_told_twice_between_totals.jsonl"}) {
    CAPTURE(name);
    const FormatReading reading = rollout(name);
    CHECK(reading.records.size() == 3);
    CHECK(sum_of(reading, Counter::input) == 4200);
    CHECK(sum_of(reading, Counter::total) == 4600);
    CHECK(reading.findings.empty());
    CHECK(reading.records.front().model == "made-up-codex");
  }
}

TEST_CASE("a step that no total confirms is counted, and said when it may be another's copy") {
  const FormatReading reading = rollout("steps_only.jsonl");
  CHECK(reading.records.size() == 3);
  CHECK(reading.duplicates == 1);  // the same step at the same time
  CHECK(reading.only(Rule::duplicate).severity == Severity::warning);
}

TEST_CASE("a total that starts anew is counted from 0, though it reaches the same numbers again") {
  CHECK(sum_of(rollout("starts_anew_after_compaction.jsonl"), Counter::total) == 2750 + 890);
  const FormatReading reading = rollout("same_totals_after_starting_anew.jsonl");
  CHECK(sum_of(reading, Counter::total) == 2 * 2750);
  CHECK(reading.records[0].id != reading.records[2].id);
  CHECK(reading.only(Rule::continuity).cause == "counter-reset");
}

TEST_CASE("a window that is full and an estimate of the context are no calls") {
  CHECK(sum_of(rollout("window_filled.jsonl"), Counter::total) == 2750 + 560);
  const FormatReading reading = rollout("context_estimated.jsonl");
  CHECK(sum_of(reading, Counter::total) == 2750);
  CHECK(reading.findings.empty());
}

TEST_CASE("a last step that is not the growth of the total is refuted, and the growth counted") {
  for (const char* const name :
       {"step_is_not_the_growth.jsonl", "first_step_is_not_the_total.jsonl",
        "other_step_with_same_total.jsonl"}) {
    CAPTURE(name);
    const FormatReading reading = rollout(name);
    CHECK(sum_of(reading, Counter::total) == 4600);
    CHECK(reading.only(Rule::continuity).cause == "last-is-not-the-step");
    CHECK(reading.only(Rule::continuity).severity == Severity::error);
  }
}

TEST_CASE(
    "steps that a torn line may have told are counted by the growth of the total, and accuse "
    "nobody") {
  const FormatReading reading = rollout("cut_in_an_event.jsonl");
  CHECK(sum_of(reading, Counter::total) == 4600);
  CHECK(reading.findings.empty());
}

TEST_CASE("a part of the total that falls alone is refuted, and taken from the last step") {
  const FormatReading reading = rollout("one_part_falls.jsonl");
  CHECK(reading.only(Rule::continuity).cause == "counter-fell");
  CHECK(tokens(reading.records[1], Counter::input) == 1500);
  CHECK(tokens(reading.records[1], Counter::cache_read) == 300);
}

TEST_CASE("a total whose file does not hold its beginning counts from its first step") {
  const FormatReading reading = rollout("without_meta.jsonl");
  CHECK(sum_of(reading, Counter::total) == 1650 + 1850);
  CHECK(reading.only(Rule::continuity).severity == Severity::note);
}

TEST_CASE("numbers that are none do not lose the step when its other report is sound") {
  CHECK(sum_of(rollout("negative_total.jsonl"), Counter::total) == 4600);
  const FormatReading reading = rollout("beyond_64_bits.jsonl");
  CHECK(sum_of(reading, Counter::total) == 4600);
  CHECK(reading.problems.size() == 2);
}

TEST_CASE("parts that exceed their whole, and totals that are not its sum, are said") {
  CHECK(rollout("reasoning_exceeds_output.jsonl").only(Rule::part).asserted == 80);
  CHECK(rollout("cached_exceeds_input.jsonl").only(Rule::part).asserted == 140);
  CHECK(rollout("total_is_not_the_sum.jsonl").only(Rule::identity).calculated == 150);
}

TEST_CASE("what a fork tells again belongs to its parent, at a time that is not known") {
  const FormatReading fork = rollout("forks/2-fork.jsonl");
  REQUIRE(fork.records.size() == 4);
  CHECK(*session_of(fork.records[0]) == "made-up-parent");
  CHECK(fork.records[0].time.empty());
  CHECK(fork.records[0].second_id.empty());
  CHECK(*session_of(fork.records[2]) == "made-up-fork");
  CHECK(fork.records[2].second_id == "made-up-fork");
  REQUIRE(fork.continued.size() == 1);
  CHECK(fork.continued[0].second == "made-up-parent");

  const FormatReading helper = rollout("forks/3-helper.jsonl");
  CHECK(helper.records[0].time == "2026-03-01T09:00:09.000Z");
  CHECK(*session_of(helper.records[2]) == "made-up-helper");
}

TEST_CASE("the step of a fork has the id that it has in the parent's file") {
  const FormatReading parent = rollout("forks/1-parent.jsonl");
  const FormatReading fork = rollout("forks/2-fork.jsonl");
  CHECK(parent.records[1].id == fork.records[1].id);
  CHECK(parent.records[2].id == fork.records[2].id);  // by chance: the session tells them apart
  CHECK(parent.records[2].second_id != fork.records[2].second_id);
}

TEST_CASE("a helper that starts with nothing has steps of its own from the first") {
  const FormatReading reading = rollout("forks/6-fresh_helper.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(*session_of(reading.records[0]) == "made-up-fresh-helper");
}

TEST_CASE("turn ids that tell the time say where the parent's events end") {
  const std::string meta =
      R"({"timestamp":"2026-03-01T09:30:00.000Z","type":"session_meta","payload":{"id":"019ca8bb-b5c0-7000-8000-000000000001","timestamp":"2026-03-01T09:30:00.000Z","forked_from_id":"made-up-parent"}})";
  const auto turn = [](const std::string& id) {
    return R"({"timestamp":"2026-03-01T09:30:00.000Z","type":"turn_context","payload":{"turn_id":")" +
           id + R"(","model":"made-up"}})";
  };
  const auto step = [](int input) {
    const std::string usage = R"({"input_tokens":)" + std::to_string(input) +
                              R"(,"output_tokens":0,"total_tokens":)" + std::to_string(input) + "}";
    return R"({"timestamp":"2026-03-01T09:30:01.000Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":)" +
           usage + "}}}";
  };
  const FormatReading reading =
      read_as_file(meta + "\n" + turn("019ca84d-d8c0-7000-8000-000000000002") + "\n" + step(10) +
                       "\n" + turn("019ca8bc-a020-7000-8000-000000000003") + "\n" + step(30) + "\n",
                   "rollout.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(*session_of(reading.records[0]) == "made-up-parent");
  CHECK(reading.records[0].second_id == "019ca84d-d8c0-7000-8000-000000000002");
  CHECK(*session_of(reading.records[1]) == "019ca8bb-b5c0-7000-8000-000000000001");
}

TEST_CASE("rollouts that stand in one file are sessions of their own") {
  const FormatReading reading = rollout("two_sessions_in_one_file.jsonl");
  REQUIRE(reading.records.size() == 4);
  CHECK(reading.findings.empty());
  CHECK(*session_of(reading.records[2]) == "made-up-second");
  CHECK(tokens(reading.records[2], Counter::input) == 3000);
}

TEST_CASE("the usage of a thread runs on over the turns that codex exec prints") {
  const FormatReading reading = read_fixture("codex_exec/1-two_turns.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].role == Role::cumulative);
  CHECK(reading.snapshots.at(reading.records[0].unit).series ==
        reading.snapshots.at(reading.records[1].unit).series);
  CHECK(tokens(reading.records[1], Counter::total) == 2750);
}

}  // namespace
}  // namespace usagectl
