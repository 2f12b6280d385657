#include "formats/platforms/span_counts.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "formats/inference/participant_columns.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// Of prompts and answers nothing is read, whatever they quote.
bool may_hold_counts(std::string_view key) {
  const auto words = words_of(key);
  return speaks_of_tokens(key) || std::find(words.begin(), words.end(), "metrics") != words.end();
}

}  // namespace

void SpanCounts::take(std::string_view name, Count count, bool says_tokens) {
  const auto counter = counter_named(name);
  if (!counter || counter->is_running || names_no_usage(name) ||
      counter->quantity > Quantity::total || !(counter->says_tokens || says_tokens))
    return;
  const auto as_counter = static_cast<Counter>(counter->quantity);
  if (!counts_.has(as_counter)) counts_.set(as_counter, count);
}

/// "prompt_tokens" at the end of a name, or "tokens.input".
void SpanCounts::take_number(std::string_view key, Count count) {
  if (names_no_usage(key)) return;
  const std::size_t last = key.rfind('.');
  const std::string_view name = key.substr(last == std::string_view::npos ? 0 : last + 1);
  const auto counter = counter_named(name);
  if (last == std::string_view::npos || (counter && counter->says_tokens)) {
    take(name, count, false);
    return;
  }
  const std::size_t before = last == 0 ? std::string_view::npos : key.rfind('.', last - 1);
  take(key.substr(before == std::string_view::npos ? 0 : before + 1), count, false);
}

void SpanCounts::take_text(std::string_view key, std::string_view text) {
  if (!text.starts_with('{') || !may_hold_counts(key)) return;
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) return;
  parsed.root.each_member([&](std::string_view name, const Json& value) {
    if (const auto count = read_count(value).count; count && value.is_number())
      take(name, *count, speaks_of_tokens(key));
  });
}

std::string SpanCounts::usage() const { return usage_object_of(counts_); }

}  // namespace usagectl
