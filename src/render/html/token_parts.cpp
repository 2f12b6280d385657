#include "render/html/token_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace usagectl {
namespace {

/// A counter that every record states, or that none mentions: then it is no part.
std::optional<Count> stated_or_absent(const Tally& tally, Counter counter) {
  const bool is_absent = tally.known_of(counter) == 0 && tally.open_of(counter) == 0;
  return is_absent ? Count{0} : whole_sum(tally, counter);
}

/// A part that may be split off: nothing where some record does not state it.
Count split_off(const Tally& tally, Counter counter, Count from) {
  const Count part = whole_sum(tally, counter).value_or(0);
  return part >= 0 && part <= from ? part : 0;
}

}  // namespace

std::vector<TokenPart> token_parts(const Tally& tally) {
  const auto total = tally.sum_of(Counter::total);
  const auto input = whole_sum(tally, Counter::input);
  const auto output = whole_sum(tally, Counter::output);
  const auto tool = stated_or_absent(tally, Counter::tool_prompt);
  const auto unexplained = stated_or_absent(tally, Counter::unexplained);
  if (!total || !input || !output || !tool || !unexplained) return {};
  if (std::min({*input, *output, *tool, *unexplained}) < 0) return {};
  ExactSum sum(*input);
  for (const Count part : {*output, *tool, *unexplained}) sum += part;
  if (sum.count() != total) return {};

  const Count cache_read = split_off(tally, Counter::cache_read, *input);
  const Count cache_write = split_off(tally, Counter::cache_write, *input - cache_read);
  const Count reasoning = split_off(tally, Counter::reasoning, *output);
  const bool is_input_split = cache_read + cache_write > 0;
  std::vector<TokenPart> parts = {
      {"cache read", "cache-read", cache_read},
      {"cache write", "cache-write", cache_write},
      {is_input_split ? "other input" : "input", "input", *input - cache_read - cache_write},
      {"tool prompt", "tool", *tool},
      {"reasoning", "reasoning", reasoning},
      {reasoning > 0 ? "other output" : "output", "output", *output - reasoning},
      {"unexplained", "rest", *unexplained}};
  std::erase_if(parts, [](const TokenPart& part) { return part.count == 0; });
  return parts;
}

std::string share_text(Count part, Count whole) {
  if (whole <= 0) return {};
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (part > 0 && share < 0.1) return "below 0.1 %";
  if (part < whole && share > 99.9) return "above 99.9 %";
  return fmt::format("{:.1f} %", share);
}

}  // namespace usagectl
