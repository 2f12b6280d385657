// Usage objects that no format reads, beside those that are read.
#include "formats/reading/other_usages.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "formats/reading/format.hpp"
#include "formats/reading_of.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

Counts counted(Count input, Count output) {
  Counts counts;
  counts.set(Counter::input, input);
  counts.set(Counter::output, output);
  counts.set(Counter::total, input + output);
  return counts;
}

/// Documents or lines, of each of which one usage is read, at /usage or as given.
class Beside {
 public:
  void look(const std::string& text, const std::vector<Counts>& read) {
    others_.begin();
    for (const Counts& counts : read) others_.read(counts, true);
    JsonParser parser;
    const ParsedJson parsed = parser.parse_copy(text);
    REQUIRE_FALSE(parsed.fault.has_value());
    others_.look(
        *builtin_knowledge().catalogue, parsed.root, {0, ++line_, {}},
        [](const std::string& pointer) { return pointer == "/usage"; }, found_);
  }
  /// What is said in the end.
  std::string said() {
    others_.finish(found_);
    std::string text;
    for (const auto& entry : found_.entries()) {
      if (const auto* finding = std::get_if<Finding>(&entry.what))
        text += finding->place.pointer + ": " + finding->explanation + "\n";
    }
    return text;
  }
  std::uint64_t ignored(const std::string& rule) const {
    const auto& ignored = found_.objects_ignored();
    const auto found = ignored.find(rule);
    return found == ignored.end() ? 0 : found->second;
  }
  std::uint64_t duplicates() const { return found_.duplicates(); }

 private:
  OtherUsages others_;
  Observations found_;
  std::uint64_t line_ = 0;
};

TEST_CASE("the same usage in other words is a duplicate") {
  Beside beside;
  beside.look(R"({"usage":{},"meta":{"token_usage":{"prompt_tokens":10,"completion_tokens":5}}})",
              {counted(10, 5)});
  CHECK(beside.duplicates() == 1);
  CHECK(beside.said().empty());
}

TEST_CASE("a usage object with other numbers is said") {
  Beside beside;
  beside.look(R"({"usage":{},"meta":{"token_usage":{"prompt_tokens":11,"completion_tokens":5}}})",
              {counted(10, 5)});
  CHECK(beside.said() ==
        "/meta/token_usage: not counted: another usage object, which differs from what is counted "
        "beside it\n");
}

TEST_CASE("a usage object whose cache differs is another one") {
  Counts cached = counted(10, 5);
  cached.set(Counter::cache_read, 4);
  Beside beside;
  beside.look(R"({"meta":{"token_usage":{"prompt_tokens":10,"completion_tokens":5,)"
              R"("prompt_tokens_details":{"cached_tokens":6}}}})",
              {cached});
  CHECK_FALSE(beside.said().empty());
}

TEST_CASE("totals so far beside the calls of lines are running totals") {
  Beside beside;
  beside.look(R"({"tokens_total":{"prompt":10,"completion":5}})", {counted(10, 5)});
  beside.look(R"({"tokens_total":{"prompt":30,"completion":12}})", {counted(20, 7)});
  beside.look(R"({"tokens_total":{"prompt":70,"completion":21}})", {counted(40, 9)});
  CHECK(beside.ignored("running total beside the calls") == 2);
  CHECK(beside.said().empty());
}

TEST_CASE("a running total that begins before the first line is proved by the second") {
  Beside beside;
  beside.look(R"({"tokens_total":{"prompt":510,"completion":105}})", {counted(10, 5)});
  beside.look(R"({"tokens_total":{"prompt":530,"completion":112}})", {counted(20, 7)});
  CHECK(beside.ignored("running total beside the calls") == 2);
  CHECK(beside.said().empty());
}

TEST_CASE("a running total that does not grow by the call is said, at its first place") {
  Beside beside;
  beside.look(R"({"tokens_total":{"prompt":10,"completion":5}})", {counted(10, 5)});
  beside.look(R"({"tokens_total":{"prompt":31,"completion":12}})", {counted(20, 7)});
  CHECK(beside.said() ==
        "/tokens_total: not counted: another usage object, which differs from what is counted "
        "beside it\n");
}

TEST_CASE("calls that add up to what is read are its parts, and so is what repeats one of them") {
  Beside beside;
  beside.look(R"({"usage":{},"events":[{"usage":{"prompt_tokens":10,"completion_tokens":5}},)"
              R"({"usage":{"prompt_tokens":20,"completion_tokens":7}}],)"
              R"("last":{"usage":{"prompt_tokens":20,"completion_tokens":7}}})",
              {counted(30, 12)});
  CHECK(beside.ignored("part of a counted usage") == 2);
  CHECK(beside.duplicates() == 1);
  CHECK(beside.said().empty());
}

TEST_CASE("a number of tokens alone is a count of what is read, or said") {
  Beside beside;
  beside.look(R"({"usage":{},"global_total_tokens":15})", {counted(10, 5)});
  CHECK(beside.said().empty());
  Beside other;
  other.look(R"({"usage":{},"global_total_tokens":16})", {counted(10, 5)});
  CHECK(other.said() ==
        "/global_total_tokens: not counted: another number of tokens, which differs from what is "
        "counted beside it\n");
}

TEST_CASE("what is inside a usage object that is read is a part of it") {
  Beside beside;
  beside.look(R"({"usage":{"billed_units":{"input_tokens":4,"output_tokens":5},)"
              R"("tokens":{"input_tokens":10,"output_tokens":5}}})",
              {counted(10, 5)});
  CHECK(beside.said().empty());
}

TEST_CASE("a usage object with an invalid count is no empty one, and said") {
  Beside beside;
  beside.look(R"({"usage":{},"other_usage":{"prompt_tokens":-3,"completion_tokens":0}})",
              {counted(10, 5)});
  CHECK(beside.ignored("empty usage") == 0);
  CHECK_FALSE(beside.said().empty());
}

TEST_CASE("a number of tokens on a plain line of a log is said as well") {
  const FormatReading reading = read_as_file(
      R"({"usage":{"prompt_tokens":10,"completion_tokens":5},"global_total_tokens":500})"
      "\n"
      R"({"usage":{"prompt_tokens":10,"completion_tokens":5},"global_total_tokens":700})"
      "\n",
      "log.jsonl");
  CHECK(reading.records.size() == 2);
  REQUIRE(reading.findings.size() == 1);
  CHECK(reading.findings.front().cause == "not-counted");
}

TEST_CASE("settings, prices and sizes beside the usage are no numbers of tokens") {
  Beside beside;
  beside.look(R"({"usage":{},"max_tokens":4096,"context_tokens":9000,"tokens_per_second":31,)"
              R"("eos_token_id":2,"tokens_before":90000,"model_context_tokens":128000,)"
              R"("price":{"input_tokens":3,"output_tokens":15},"latency":{"input":1,"output":2}})",
              {counted(10, 5)});
  CHECK(beside.said().empty());
}

}  // namespace
}  // namespace usagectl
