#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Members of lines, by their places: of the line, of its usage object, of an object in that. Each
/// may have several values of one kind.
struct Choice {
  std::string_view name;
  std::vector<std::string_view> values;
};

inline const std::vector<Choice> kOfLine = {
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
    {"run_id", {R"("r1")", R"("r2")", "1", "2", "null"}},
    {"wide", {"123456789012345678901234567890", "5"}},
};
inline const std::vector<Choice> kOfUsage = {
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
inline const std::vector<Choice> kOfDetails = {
    {"cached_tokens", {"3", "0", R"("4")"}},
    {"reasoning_tokens", {"3", "0"}},
    {"strange_tokens", {"3", "0"}},
};

class RandomLines {
 public:
  explicit RandomLines(unsigned seed) : random_(seed) {}

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

  struct Shape {
    std::vector<const Choice*> of_line;
    std::vector<const Choice*> of_usage;
    std::vector<const Choice*> of_details;
    bool has_details = false;
  };
  Shape shape_of_line() {
    Shape shape{names(kOfLine), names(kOfUsage), names(kOfDetails), false};
    shape.has_details = pick(2) == 0;
    return shape;
  }
  /// A line with a usage object.
  std::string line(const Shape& shape) {
    std::string usage = members(shape.of_usage);
    if (shape.has_details) {
      usage += fmt::format("{}\"prompt_tokens_details\":{{{}}}", usage.empty() ? "" : ",",
                           members(shape.of_details));
    }
    const std::string before = members(shape.of_line);
    return fmt::format("{{{}{}\"usage\":{{{}}}}}", before, before.empty() ? "" : ",", usage);
  }

 private:
  std::mt19937 random_;
};

}  // namespace usagectl
