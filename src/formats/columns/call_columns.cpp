#include "formats/columns/call_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dialects/usage_words.hpp"
#include "formats/columns/quoted_text.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kDeepestList = 3;

/// Around the words of a counter in the name of a list.
bool names_list(const std::string& word) {
  constexpr std::array<std::string_view, 27> kWords = {
      "list",     "lists",  "array",   "values",    "history", "series", "per",
      "by",       "each",   "every",   "turn",      "turns",   "step",   "steps",
      "round",    "rounds", "call",    "calls",     "run",     "runs",   "message",
      "messages", "sample", "samples", "iteration", "trial",   "trials"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Beside lists of edges, tokens are counted by bucket; of quantiles nothing adds up.
bool names_distribution(std::string_view key) {
  constexpr std::array<std::string_view, 8> kWords = {
      "bucket", "buckets", "bins", "edges", "labels", "quantiles", "percentiles", "bounds"};
  const auto words = words_of(key);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  });
}

/// "prompt_tokens" may be a list of the tokens themselves; "prompt_tokens_list" and "token_count"
/// are none.
bool may_be_tokens_themselves(std::string_view key) {
  const auto words = words_of(key);
  return counter_named(key) && std::none_of(words.begin(), words.end(), [](const auto& word) {
           return word == "count" || word == "counts" || word == "num" || word == "used";
         });
}

/// What each call has beside its counts: a score, a latency, a round. What each token has is none.
bool is_of_each_call(std::string_view key, const Json& list, std::size_t calls) {
  constexpr std::array<std::string_view, 6> kOfTokens = {"logprob", "logprobs", "ids",
                                                         "mask",    "token",    "tokens"};
  const auto words = words_of(key);
  return list.is_array() && list.size() == calls &&
         std::none_of(words.begin(), words.end(), [&](const std::string& word) {
           return std::find(kOfTokens.begin(), kOfTokens.end(), word) != kOfTokens.end();
         });
}

/// What a list of that name counts for each call, in a name of its own. Tokens of a kind that has
/// no counter stand in the rows too: what reads them says so.
std::optional<std::string> counter_of_list(std::string_view key) {
  if (names_no_usage(key) || names_other_unit(key)) return std::nullopt;
  std::string name(key);
  if (!counter_named(key)) {
    name.clear();
    for (const std::string& word : words_of(key)) {
      if (names_list(word)) continue;
      if (!name.empty()) name.push_back('_');
      name += word;
    }
  }
  if (!speaks_of_tokens(name) || names_running(name)) return std::nullopt;
  return name;
}

/// Takes the numbers of a list, and of those in it, and writes down how it is nested.
bool take_numbers(const Json& list, std::size_t depth, std::vector<Json>& numbers,
                  std::string& shape) {
  if (depth > kDeepestList) return false;
  bool are_numbers = true;
  shape.push_back('[');
  list.each_item([&](std::size_t, const Json& item) {
    if (!are_numbers) return;
    if (item.is_array()) {
      are_numbers = take_numbers(item, depth + 1, numbers, shape);
    } else {
      are_numbers = item.is_number() || item.is_null();
      numbers.push_back(item);
      shape.push_back('.');
    }
  });
  shape.push_back(']');
  return are_numbers;
}

bool counts(const CallColumns& columns, Quantity quantity) {
  return std::any_of(columns.columns.begin(), columns.columns.end(), [&](const auto& column) {
    const auto counter = counter_named(column.name);
    return counter && counter->quantity == quantity;
  });
}

/// Whether an object reports usage in numbers: then the lists in it are something else, or its
/// parts.
bool reports_usage(const Json& object) {
  bool reports = false;
  object.each_member([&](std::string_view name, const Json& value) {
    const auto counter = value.is_number() ? counter_named(name) : std::nullopt;
    reports = reports || (counter && counter->says_tokens && !names_no_usage(name)) ||
              (value.is_object() && speaks_of_tokens(name) && !names_no_usage(name));
  });
  return reports;
}

}  // namespace

std::string CallColumns::row(std::size_t call) const {
  std::string text;
  for (const Column& column : columns) {
    if (column.counts[call].is_null()) continue;
    text += fmt::format("{}{}:{}", text.empty() ? "{" : ",", quoted_text(column.name),
                        column.counts[call].described());
  }
  return text.empty() ? "{}" : text + '}';
}

InputAndOutput CallColumns::sums() const {
  InputAndOutput sums;
  for (const Column& column : columns) {
    const auto counter = counter_named(column.name);
    if (!counter || (counter->quantity != Quantity::input && counter->quantity != Quantity::output))
      continue;
    ExactSum& sum = counter->quantity == Quantity::input ? sums.input : sums.output;
    for (const Json& count : column.counts) sum += read_count(count).count.value_or(0);
  }
  return sums;
}

std::optional<CallColumns> columns_of_calls(const Json& object) {
  // An object with more members is a map.
  constexpr std::size_t kMostMembers = 256;
  if (!object.is_object() || object.size() > kMostMembers) return std::nullopt;
  CallColumns found;
  std::string shape;
  bool are_parallel = true;
  bool may_be_tokens = false;
  object.each_member([&](std::string_view key, const Json& list) {
    are_parallel = are_parallel && !(list.is_array() && names_distribution(key));
    if (!are_parallel || !list.is_array()) return;
    auto name = counter_of_list(key);
    if (!name) return;
    CallColumns::Column column{key, std::move(*name), {}};
    std::string shape_of_column;
    // Texts under such a name are the prompts themselves.
    if (!take_numbers(list, 1, column.counts, shape_of_column)) return;
    are_parallel = found.columns.empty() || shape == shape_of_column;
    shape = std::move(shape_of_column);
    may_be_tokens = may_be_tokens || may_be_tokens_themselves(key);
    found.columns.push_back(std::move(column));
  });
  if (!are_parallel || found.columns.empty() || found.calls() == 0) return std::nullopt;
  if (!counts(found, Quantity::input) || !counts(found, Quantity::output)) return std::nullopt;
  bool has_more_of_each = false;
  object.each_member([&](std::string_view key, const Json& list) {
    has_more_of_each = has_more_of_each || is_of_each_call(key, list, found.calls());
  });
  return may_be_tokens && !has_more_of_each ? std::nullopt : std::optional(std::move(found));
}

std::vector<CallOfColumns> calls_of_columns(const Json& line) {
  constexpr std::size_t kLongestText = 256;  // each call repeats it
  if (reports_usage(line)) return {};
  const auto columns = columns_of_calls(line);
  if (!columns) return {};
  std::string about;
  line.each_member([&](std::string_view key, const Json& value) {
    const std::string_view tells = field_named(key);
    if (!value.is_text() || value.text().size() > kLongestText || tells.empty() || tells == "id" ||
        tells == "row" || tells == "above")
      return;
    about += fmt::format(",{}:{}", quoted_text(key), quoted_text(value.text()));
  });
  const std::string list = pointer_to({}, columns->columns.front().key);
  std::vector<CallOfColumns> calls;
  for (std::size_t call = 0; call < columns->calls(); ++call) {
    std::string row = columns->row(call);
    if (row == "{}") continue;
    row.pop_back();
    calls.push_back({pointer_to(list, call), row + about + '}'});
  }
  return calls;
}

}  // namespace usagectl
