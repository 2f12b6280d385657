// The parts of a comparison, and what decides its verdict.
#include <doctest/doctest.h>

#include "analysis/diff/diff_findings.hpp"
#include "analysis/diff_sides.hpp"
#include "base/model_name.hpp"

namespace usagectl {
namespace {

std::string call(const std::string& id, int input, int output, const std::string& more = {}) {
  return "{\"id\": \"chatcmpl-made-up-" + id +
         "\", \"model\": \"m\", \"usage\": {\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) +
         ", \"total_tokens\": " + std::to_string(input + output) + more + "}}\n";
}

DiffJudgement requiring(DiffPart part) {
  DiffJudgement judgement;
  judgement.parts.fill(Weighed::shown);
  judgement.weigh(part, Weighed::required);
  return judgement;
}

const std::string kTwo = call("1", 10, 5) + call("2", 20, 7);

TEST_CASE("a call on one side only makes the records different, and its place is known") {
  const MadeCapture capture({{"a.jsonl", kTwo}, {"b.jsonl", call("1", 10, 5)}});
  const DiffReport report = diff_of(capture, "a.jsonl", "b.jsonl", requiring(DiffPart::records));
  CHECK(report.verdict == Likeness::different);
  REQUIRE(report.records.unpaired_a.size() == 1);
  CHECK(report.a.calls[report.records.unpaired_a[0]].place.line == 2);
}

TEST_CASE("without ids, the call that fits nothing is the unpaired one") {
  const auto line = [](int input, int output) {
    return "{\"model\": \"m\", \"usage\": {\"input_tokens\": " + std::to_string(input) +
           ", \"output_tokens\": " + std::to_string(output) + "}}\n";
  };
  const MadeCapture capture({{"a.jsonl", line(10, 5) + line(20, 7) + line(31, 9)},
                             {"b.jsonl", line(10, 5) + line(31, 9)}});
  const DiffReport report = diff_of(capture, "a.jsonl", "b.jsonl");
  CHECK(report.pairs.calls.size() == 2);
  REQUIRE(report.records.unpaired_a.size() == 1);
  CHECK(report.records.unpaired_a[0] == 1);
}

TEST_CASE("a key on one side only makes the keys different") {
  const MadeCapture capture(
      {{"a.jsonl", call("1", 10, 5, ", \"cost\": 0.5")}, {"b.jsonl", call("1", 10, 5)}});
  const DiffReport report = diff_of(capture, "a.jsonl", "b.jsonl", requiring(DiffPart::keys));
  CHECK(report.fails());
  CHECK_FALSE(diff_of(capture, "a.jsonl", "a.jsonl", requiring(DiffPart::keys)).fails());
}

TEST_CASE("a cost of 0 beside a cost of the same call is another meaning") {
  const MadeCapture capture({{"a.jsonl", call("1", 10, 5, ", \"cost\": 0.5")},
                             {"b.jsonl", call("1", 10, 5, ", \"cost\": 0")},
                             {"c.jsonl", call("9", 11, 5, ", \"cost\": 0")}});
  const auto verdict_of = [&](const std::string& other) {
    return diff_of(capture, "a.jsonl", other).meaning.back().verdict;
  };
  CHECK(verdict_of("b.jsonl") == Likeness::different);
  // A free model, perhaps: other calls prove nothing.
  CHECK(verdict_of("c.jsonl") == Likeness::undetermined);
}

TEST_CASE("costs are compared as decimals, and not as the binary numbers nearest to them") {
  const MadeCapture capture(
      {{"a.jsonl", call("1", 10, 5, ", \"cost\": 1000000.0001")},
       {"b.jsonl", call("1", 10, 5, ", \"cost\": 1000000.0002")},
       {"sum.jsonl", call("1", 10, 5, ", \"cost\": {\"input\": 0.1, \"output\": 0.2}")},
       {"binary.jsonl", call("1", 10, 5, ", \"cost\": 0.30000000000000004")},
       {"written.jsonl", call("1", 10, 5, ", \"cost\": \"0.3\"")}});
  const auto evidence = [&](const std::string& a, const std::string& b) {
    return diff_of(capture, a, b).meaning.back().evidence;
  };
  CHECK(evidence("a.jsonl", "b.jsonl") == "the cost of 1 of 1 pairs differs");
  CHECK(evidence("sum.jsonl", "written.jsonl").empty());
  CHECK(evidence("binary.jsonl", "written.jsonl").empty());
}

TEST_CASE("costs of one call in two currencies differ") {
  const MadeCapture capture({{"a.jsonl", call("1", 10, 5, ", \"cost_usd\": 0.5")},
                             {"b.jsonl", call("1", 10, 5, ", \"cost_eur\": 0.5")}});
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl").meaning.back().evidence ==
        "the cost of 1 of 1 pairs differs");
}

TEST_CASE("a cost beside the usage object is compared as one inside of it") {
  const std::string beside =
      "{\"id\": \"call-000000000001\", \"model\": \"m\", \"usage\": {\"prompt_tokens\": 10, "
      "\"completion_tokens\": 5, \"total_tokens\": 15}, \"cost\": ";
  const MadeCapture capture({{"a.jsonl", beside + "0.5}\n"}, {"b.jsonl", beside + "0.25}\n"}});
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl").meaning.back().evidence ==
        "the cost of 1 of 1 pairs differs");
}

TEST_CASE("completions of the same requests that one side counts once each are told apart") {
  const auto block = [](int completions) {
    return "{\"before\": {}, \"after\": {\"m\": {\"input_tokens\": 300, \"output_tokens\": 90, "
           "\"requests\": 4, \"completions\": " +
           std::to_string(completions) + "}}}";
  };
  const MadeCapture capture({{"a/token_usage.json", block(12)}, {"b/token_usage.json", block(4)}});
  const DiffReport report = diff_of(capture, "a", "b");
  const AxisDifference& axis = report.meaning[report.meaning.size() - 2];
  CHECK(axis.verdict == Likeness::different);
  CHECK(axis.a.value == "per completion");
  CHECK(axis.b.value == "per request");
  CHECK(report.verdict == Likeness::different);
}

TEST_CASE("values are shown always and judged only when asked") {
  const MadeCapture capture({{"a.jsonl", kTwo}, {"b.jsonl", call("1", 10, 5) + call("2", 20, 8)}});
  DiffJudgement judgement;
  const DiffReport shown = diff_of(capture, "a.jsonl", "b.jsonl", judgement);
  CHECK(shown.values.beyond > 0);
  CHECK_FALSE(shown.fails());
  judgement.weigh(DiffPart::values, Weighed::judged);
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl", judgement).fails());
  std::string fault;
  judgement.tolerances = parse_tolerances("output=1,total=1", fault).value();
  CHECK_FALSE(diff_of(capture, "a.jsonl", "b.jsonl", judgement).fails());
}

TEST_CASE("a tolerance is of one counter, or of all that are not named") {
  std::string fault;
  const auto all = parse_tolerances("20,output=5,input=1%", fault);
  REQUIRE(all);
  CHECK((*all)[Counter::output].tokens == 5);
  CHECK((*all)[Counter::input].percent == 1);
  CHECK((*all)[Counter::total].tokens == 20);
  CHECK_FALSE(parse_tolerances("outptu=5", fault));
  CHECK(fault.find("outptu") != std::string::npos);
  CHECK_FALSE(parse_tolerances("output=", fault));
}

TEST_CASE("models with and without vendor and date may be the same, others may not") {
  CHECK(may_be_same_model("o4-mini", "openai/o4-mini-2025-04-16"));
  CHECK(may_be_same_model("kimi:free", "vendor/kimi"));
  CHECK_FALSE(may_be_same_model("gpt-4.1", "gpt-4.1-mini"));
  CHECK_FALSE(may_be_same_model("gpt-4.1", "gpt-4"));
}

TEST_CASE("what makes a comparison fail is an error among its findings, and only that") {
  const MadeCapture capture(
      {{"a.jsonl", kTwo}, {"b.jsonl", call("1", 10, 5, ", \"cost\": 0.5")}, {"empty.txt", "x\n"}});
  for (std::size_t part = 0; part < kDiffPartCount; ++part) {
    for (const char* const other : {"a.jsonl", "b.jsonl", "empty.txt"}) {
      CAPTURE(kDiffPartNames[part]);
      CAPTURE(other);
      const DiffReport report =
          diff_of(capture, "a.jsonl", other, requiring(static_cast<DiffPart>(part)));
      const ReconcileReport findings = findings_of({report});
      CHECK((findings.verdict == Verdict::fail) == report.fails());
    }
  }
}

TEST_CASE("a later state of a simulation continues the earlier one, and not the other way round") {
  const auto entity = [](int total, const std::string& chain) {
    return "{\"identity\": {\"id\": \"bob\"}, \"state\": {}, \"memory\": [], \"_openai\": "
           "{\"memory_chain\": [" +
           chain + "], \"usage\": {\"total_tokens\": " + std::to_string(total) +
           ", \"reasoning_tokens\": 0, \"cached_tokens\": 0, \"total_requests\": " +
           std::to_string(total / 100) + "}}}";
  };
  const MadeCapture capture({{"early/characters/bob.json", entity(300, "\"r1\"")},
                             {"late/characters/bob.json", entity(500, "\"r1\", \"r2\"")},
                             {"reset/characters/bob.json", entity(100, "\"r1\", \"r2\", \"r3\"")}});
  const Continuation later = diff_of(capture, "early", "late").continuation;
  CHECK(later.verdict == Continues::b_continues_a);
  CHECK(later.is_proved);
  CHECK(later.chains_extended == 1);
  CHECK(diff_of(capture, "late", "early").continuation.verdict == Continues::a_continues_b);
  const Continuation reset = diff_of(capture, "late", "reset").continuation;
  CHECK(reset.verdict == Continues::neither);
}

TEST_CASE("other jobs of the same model continue nothing") {
  const auto line = [](int input, int output) {
    return "{\"model\": \"m\", \"usage\": {\"input_tokens\": " + std::to_string(input) +
           ", \"output_tokens\": " + std::to_string(output) + "}}\n";
  };
  const MadeCapture capture({{"a.jsonl", line(10, 5) + line(20, 7)},
                             {"b.jsonl", line(40, 6) + line(77, 9) + line(3, 3)}});
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl").continuation.verdict == Continues::unrelated);
}

TEST_CASE("a log that lacks calls of the other is not its earlier state") {
  const MadeCapture capture({{"a.jsonl", kTwo + call("3", 30, 9)}, {"b.jsonl", kTwo}});
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl").continuation.verdict == Continues::unrelated);
}

TEST_CASE("totals of the same calls that differ without a reason prove nothing") {
  const auto side = [](int off) {
    const std::string details = ", \"completion_tokens_details\": {\"reasoning_tokens\": 64}";
    return call("1", 900, 310 + off, details) + call("2", 450, 700 + off, details);
  };
  const MadeCapture capture({{"a.jsonl", side(0)}, {"b.jsonl", side(11)}});
  const DiffReport report = diff_of(capture, "a.jsonl", "b.jsonl");
  CHECK(report.part(DiffPart::proof).verdict == Likeness::undetermined);
  CHECK(report.part(DiffPart::meaning).verdict == Likeness::same);
}

TEST_CASE("a comparison whose failures are accepted passes") {
  const MadeCapture capture({{"a.jsonl", kTwo}, {"b.jsonl", call("1", 10, 5) + call("2", 20, 8)}});
  DiffJudgement judgement;
  judgement.weigh(DiffPart::values, Weighed::judged);
  DiffReport report = diff_of(capture, "a.jsonl", "b.jsonl", judgement);
  REQUIRE(report.fails());
  report.accept(2);
  CHECK_FALSE(report.fails());
  CHECK(report.verdict == Likeness::same);
}

}  // namespace
}  // namespace usagectl
