#include "formats/platforms/span_counts.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "formats/inference/participant_columns.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// Of prompts and answers nothing is read, whatever they quote.
bool may_hold_counts(std::string_view key) {
  return speaks_of_tokens(key) || key.ends_with("llm_metrics") || key == "braintrust.metrics";
}

}  // namespace

void SpanCounts::take(std::string_view holder, std::string_view name, Count count,
                      bool says_tokens) {
  const auto counter = counter_named(name);
  if (!counter || counter->is_running || names_no_usage(name) ||
      counter->quantity > Quantity::total || !(counter->says_tokens || says_tokens))
    return;
  Counts& counts = by_holder_[std::string(holder)];
  const auto as_counter = static_cast<Counter>(counter->quantity);
  if (!counts.has(as_counter)) counts.set(as_counter, count);
}

/// "prompt_tokens" at the end of a name, or "tokens.input".
void SpanCounts::take_number(std::string_view key, Count count) {
  if (names_no_usage(key) || names_running(key)) return;
  const std::size_t last = key.rfind('.');
  if (last == std::string_view::npos) return take({}, key, count, false);
  const std::string_view name = key.substr(last + 1);
  const std::string_view holder = key.substr(0, last);
  const auto counter = counter_named(name);
  if (counter && counter->says_tokens) return take(holder, name, count, false);
  const std::size_t before = holder.rfind('.');
  take(holder, key.substr(before == std::string_view::npos ? 0 : before + 1), count, false);
}

void SpanCounts::take_text(std::string_view key, std::string_view text) {
  if (!text.starts_with('{') || !may_hold_counts(key)) return;
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(text);
  if (parsed.fault) return;
  parsed.root.each_member([&](std::string_view name, const Json& value) {
    if (const auto count = read_count(value).count; count && value.is_number())
      take(key, name, *count, speaks_of_tokens(key));
  });
}

const Counts* SpanCounts::whole() const {
  const Counts* found = nullptr;
  for (const auto& [holder, counts] : by_holder_) {
    if (!counts.has(Counter::input) || !counts.has(Counter::output)) continue;
    if (found != nullptr && *found != counts) return nullptr;
    found = &counts;
  }
  return found;
}

std::string SpanCounts::usage() const { return usage_object_of(*whole()); }

}  // namespace usagectl
