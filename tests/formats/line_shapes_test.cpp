#include "formats/providers/line_shapes.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/providers/plain_line.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// All that was read of a line, to be compared.
std::string text_of(const PlainLine& line) {
  std::string text;
  for (const auto& slot : line.values.slots()) {
    text += fmt::format("{}={} {} {} {}\n", slot.key, slot.count.value_or(-1), slot.digits,
                        slot.detail, slot.fault);
  }
  for (const auto& number : line.values.unknown()) {
    text += fmt::format("{}={} {}\n", number.path, number.count, int(number.may_count));
  }
  for (const KeyId key : line.values.repeated()) text += fmt::format("twice {}\n", key);
  text += line.values.present().to_string();
  text += fmt::format("\ncalls {}\n", line.values.calls().value_or(-1));
  for (const StatedCost* cost : {&line.values.cost(), &line.about.cost}) {
    const auto whole = cost->whole();
    text += whole ? fmt::format("cost under {}\n", whole->key) : "no cost\n";
  }
  const Surroundings& about = line.about;
  for (const std::string& field : {about.object, about.type, about.id, about.model, about.time,
                                   about.provider, about.session, about.project, about.key}) {
    text += field + "\n";
  }
  text += about.siblings.to_string();
  text += fmt::format(" {} {} {} {} {} {}", about.known, about.sums.is_named_so,
                      about.sums.has_total_keys, about.sums.is_called_so,
                      about.sums.calls.value_or(-1), about.id_is_vague);
  return text;
}

using Read = bool (*)(const Catalogue&, const Json&, PlainLine&);

/// Members of lines, by their places: of the line, of its usage object, of an object in that. Each
/// may have several values of one kind.
struct Choice {
  std::string_view name;
  std::vector<std::string_view> values;
};

const std::vector<Choice> kOfLine = {
    {"time", {R"("2026-01-01T10:00:00Z")", R"("yesterday")"}},
    {"ts", {"1767261600", "0", "-5"}},
    {"id", {R"("req_0123456789abcdef")", R"("17")", R"("a")"}},
    {"request_id", {R"("req_0123456789abcdef")", R"("17")"}},
    {"model", {R"("gpt-4o")", R"("total")", R"("ALL")"}},
    {"label", {R"("Total")", R"("grand total")", R"("run 5")", R"("")"}},
    {"level", {R"("summary")", R"("info")"}},
    {"calls", {"3", "0", "-1"}},
    {"total_cost", {"0.25", "3"}},
    {"cost_usd", {R"("0.25")", R"("free")"}},
    {"cached", {"true", "false"}},
    {"nothing", {"null"}},
    {"session_id", {R"("s1")", R"("s2")"}},
    {"wide", {"123456789012345678901234567890", "5"}},
};
const std::vector<Choice> kOfUsage = {
    {"prompt_tokens", {"10", "0", "-5", "1.5", "1e3"}},
    {"completion_tokens", {"10", "18446744073709551615"}},
    {"total_tokens", {R"("20")", R"("many")"}},
    {"input_tokens", {"7", "8"}},
    {"output_tokens", {"7", "9"}},
    {"cached", {"true", "false"}},
    {"cached_tokens", {"5", "0"}},
    {"pages_read", {"5", "0"}},
    {"num_requests", {"2", "0"}},
    {"cost", {"0.5", "1.25"}},
    {"reasoning_tokens", {"null"}},
};
const std::vector<Choice> kOfDetails = {
    {"cached_tokens", {"3", "0", R"("4")"}},
    {"reasoning_tokens", {"3", "0"}},
    {"strange_tokens", {"3", "0"}},
};

class Lines {
 public:
  explicit Lines(unsigned seed) : random_(seed) {}

  /// The names of a line, chosen at random; some stand twice.
  std::vector<const Choice*> names(const std::vector<Choice>& all) {
    std::vector<const Choice*> chosen;
    for (const Choice& one : all) {
      if (pick(3) != 0) chosen.push_back(&one);
      if (pick(20) == 0) chosen.push_back(&one);
    }
    std::shuffle(chosen.begin(), chosen.end(), random_);
    return chosen;
  }
  std::string members(const std::vector<const Choice*>& names) {
    std::string text;
    for (const Choice* one : names) {
      text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", one->name,
                          one->values[pick(one->values.size())]);
    }
    return text;
  }
  std::size_t pick(std::size_t most) { return random_() % most; }

 private:
  std::mt19937 random_;
};

void check_same(LineShapes& shapes, Read read, const std::string& line, bool& was_known) {
  static const Catalogue catalogue = load_builtin_catalogue();
  CAPTURE(line);
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(line);
  REQUIRE(!parsed.fault);
  PlainLine slowly;
  const bool is_plain = read(catalogue, parsed.root, slowly);
  PlainLine quickly;
  was_known = shapes.read(parsed.root, quickly);
  if (was_known) {
    CHECK(is_plain);
    CHECK(text_of(quickly) == text_of(slowly));
  } else if (is_plain) {
    shapes.learn(catalogue, parsed.root, slowly);
  }
}

}  // namespace

TEST_CASE("a line of a known shape says what a slow look at it says, whatever its values") {
  Lines lines(7);
  LineShapes shapes(LineShapes::Of::lines);
  std::size_t known = 0;
  for (int shape = 0; shape < 400; ++shape) {
    const auto of_line = lines.names(kOfLine);
    const auto of_usage = lines.names(kOfUsage);
    const auto of_details = lines.names(kOfDetails);
    const bool has_details = lines.pick(2) == 0;
    for (int values = 0; values < 8; ++values) {
      std::string usage = lines.members(of_usage);
      if (has_details) {
        usage += fmt::format("{}\"prompt_tokens_details\":{{{}}}", usage.empty() ? "" : ",",
                             lines.members(of_details));
      }
      const std::string before = lines.members(of_line);
      bool was_known = false;
      check_same(shapes, read_plain_line,
                 fmt::format("{{{}{}\"usage\":{{{}}}}}", before, before.empty() ? "" : ",", usage),
                 was_known);
      known += was_known ? 1U : 0U;
    }
  }
  CHECK(known > 100);
}

TEST_CASE("a row of a known shape says what a slow look at it says, whatever its values") {
  Lines lines(8);
  LineShapes shapes(LineShapes::Of::rows);
  std::size_t known = 0;
  for (int shape = 0; shape < 400; ++shape) {
    const auto of_line = lines.names(kOfLine);
    const auto of_usage = lines.names(kOfUsage);
    for (int values = 0; values < 8; ++values) {
      const std::string before = lines.members(of_line);
      const std::string usage = lines.members(of_usage);
      bool was_known = false;
      check_same(
          shapes, read_plain_row,
          fmt::format("{{{}{}{}}}", before, before.empty() || usage.empty() ? "" : ",", usage),
          was_known);
      known += was_known ? 1U : 0U;
    }
  }
  CHECK(known > 100);
}

TEST_CASE("a line of another shape is not taken for a known one") {
  const Catalogue catalogue = load_builtin_catalogue();
  LineShapes shapes(LineShapes::Of::lines);
  JsonParser parser;
  PlainLine read;
  const std::string_view known = R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2}})";
  const ParsedJson first = parser.parse_copy(known);
  REQUIRE(read_plain_line(catalogue, first.root, read));
  shapes.learn(catalogue, first.root, read);
  for (const std::string_view other : {
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2},"more":1})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2,"more":1}})",
           R"({"id":"a","usage":{"prompt_tokens":1}})",
           R"({"id":"a"})",
           R"({"id":5,"usage":{"prompt_tokens":1,"completion_tokens":2}})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":[2]}})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":"two"}})",
           R"({"id":"a","Usage":{"prompt_tokens":1,"completion_tokens":2}})",
       }) {
    CAPTURE(other);
    CHECK_FALSE(shapes.read(parser.parse_copy(other).root, read));
  }
  CHECK(shapes.read(parser.parse_copy(known).root, read));
}

}  // namespace usagectl
