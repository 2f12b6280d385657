#include "formats/agents/codex/codex_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/count.hpp"

namespace usagectl::codex {
namespace {

constexpr std::array<std::string_view, kTold.size()> kKeys = {
    "input_tokens",  "cached_input_tokens",     "cache_write_input_tokens",
    "output_tokens", "reasoning_output_tokens", "total_tokens"};
constexpr std::array kParts = {Counter::input, Counter::cache_read, Counter::cache_write,
                               Counter::output, Counter::reasoning};

}  // namespace

std::string_view key_of(Counter counter) {
  const auto place = std::find(kTold.begin(), kTold.end(), counter) - kTold.begin();
  return kKeys[static_cast<std::size_t>(place)];
}

bool agree(const Counts& a, const Counts& b, Counter counter) {
  return !a[counter] || !b[counter] || *a[counter] == *b[counter];
}
bool agree(const Counts& a, const Counts& b) {
  return std::all_of(kTold.begin(), kTold.end(),
                     [&](Counter counter) { return agree(a, b, counter); });
}

Counts growth(const Counts& later, const Counts& earlier) {
  Counts step;
  for (const Counter counter : kTold) {
    const auto now = later[counter];
    const Count before = earlier[counter].value_or(0);
    if (now && *now >= before) step.set(counter, *now - before);
  }
  return step;
}

Counts sum(const Counts& a, const Counts& b) {
  Counts both;
  for (const Counter counter : kTold) {
    if (!a[counter] && !b[counter]) continue;
    ExactSum value(a[counter].value_or(0));
    value += b[counter].value_or(0);
    both.set(counter, value.count());
  }
  return both;
}

bool fell(const Counts& later, const Counts& earlier, Counter counter) {
  return later[counter] && earlier[counter] && *later[counter] < *earlier[counter];
}
bool fell(const Counts& later, const Counts& earlier) {
  return std::any_of(kTold.begin(), kTold.end(),
                     [&](Counter counter) { return fell(later, earlier, counter); });
}

bool is_without_parts(const Counts& counts) {
  const bool tells_parts = counts.has(Counter::input) || counts.has(Counter::output);
  return tells_parts && std::all_of(kParts.begin(), kParts.end(),
                                    [&](Counter part) { return counts[part].value_or(0) == 0; });
}
bool is_zero(const Counts& counts) {
  return is_without_parts(counts) && counts[Counter::total].value_or(0) == 0;
}

std::string text_of(const Counts& counts) {
  std::string text;
  for (const Counter counter : kTold) text += fmt::format("{} ", counts[counter].value_or(0));
  return text;
}

}  // namespace usagectl::codex
