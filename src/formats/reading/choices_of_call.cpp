#include "formats/reading/choices_of_call.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "dialects/usage_words.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/usage_search.hpp"

namespace usagectl {
namespace {

constexpr int kDeepest = 5;

/// What an item says that shows which of the choices it is, and of which call.
struct Item {
  std::vector<std::pair<std::string, Count>> numbers;  ///< of its usage, with their names
  Count output = 0;
  std::string id;
  std::string_view reason;
  std::optional<Count> index;
};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// "run-1b2c-0" and "run-1b2c-1" are of one run.
std::string_view without_number(std::string_view id) {
  const auto digits = id.find_last_not_of("0123456789");
  const bool is_numbered =
      digits != std::string_view::npos && digits + 1 < id.size() && digits > 0 && id[digits] == '-';
  return is_numbered ? id.substr(0, digits) : id;
}

void look(const Json& object, bool is_usage, int depth, Item& item) {
  static constexpr std::array<std::string_view, 5> kReasons = {
      "finish_reason", "finishReason", "stop_reason", "stopReason", "done_reason"};
  static constexpr std::array<std::string_view, 5> kIds = {"id", "response_id", "request_id",
                                                           "generation_id", "completion_id"};
  object.each_member([&](std::string_view name, const Json& value) {
    if (value.is_object()) {
      if (depth < kDeepest) look(value, is_usage || speaks_of_tokens(name), depth + 1, item);
      return;
    }
    if (value.is_text() && is_one_of(name, kReasons)) item.reason = value.text();
    if (value.is_text() && is_one_of(name, kIds) && item.id.empty())
      item.id = without_number(value.text());
    if (!value.is_number()) return;
    const auto count = read_count(value).count;
    if (!count) return;
    if (is_usage || name.find("oken") != std::string_view::npos) {
      item.numbers.emplace_back(name, *count);
      const auto counter = counter_named(name);
      if (counter && counter->quantity == Quantity::output)
        item.output = std::max(item.output, *count);
    } else if (name == "index" && !item.index)
      item.index = *count;
  });
}

}  // namespace

std::string_view name_of_list(std::string_view pointer) {
  while (!pointer.empty()) {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view name = pointer.substr(slash + 1);
    if (slash == std::string_view::npos || !is_position(name)) return name;
    pointer = pointer.substr(0, slash);
  }
  return {};
}

Choices choices_of_one_call(std::string_view name, const Json& list) {
  // A list with this name holds what one call answered.
  static constexpr std::array<std::string_view, 5> kNames = {"choices", "generations", "replies",
                                                             "candidates", "completions"};
  if (list.size() < 2) return Choices::no;
  std::optional<Item> first;
  bool are_alike = true;
  bool are_numbered = true;
  bool are_cut = true;
  list.each_item([&](std::size_t index, const Json& value) {
    if (!are_alike) return;
    Item item;
    if (value.is_object()) look(value, false, 0, item);
    are_numbered = are_numbered && item.index == static_cast<Count>(index);
    are_cut = are_cut && (item.reason == "length" || item.reason == "max_tokens");
    are_alike = !item.reason.empty() && item.numbers.size() > 1 &&
                (!first || (item.numbers == first->numbers && item.id == first->id));
    if (!first) first = std::move(item);
  });
  if (!are_alike || !(are_numbered || is_one_of(name, kNames))) return Choices::no;
  // All choices have a part in the output of the call.
  const auto choices = static_cast<Count>(list.size());
  if (first->output < choices) return Choices::no;
  // Calls that were cut at the same limit, or that say little, used as much as each other.
  constexpr Count kFewTokens = 4;
  const bool may_be_calls = are_cut || first->output < choices * kFewTokens;
  return may_be_calls || !is_one_of(name, kNames) ? Choices::unsaid : Choices::yes;
}

}  // namespace usagectl
