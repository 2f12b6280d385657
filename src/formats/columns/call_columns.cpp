#include "formats/columns/call_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "dialects/usage_words.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

constexpr int kDeepest = 8;
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

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class Rewriter {
 public:
  std::string text;
  bool any = false;

  void write(const Json& value) {
    if (value.is_object()) {
      write_object(value);
    } else if (value.is_array()) {
      text.push_back('[');
      value.each_item([&](std::size_t index, const Json& item) {
        if (index > 0) text.push_back(',');
        write(item);
      });
      text.push_back(']');
    } else if (value.is_number()) {
      text += value.described();
    } else if (value.is_text()) {
      text += json_string(value.text());
    } else if (const auto truth = value.boolean()) {
      text += *truth ? "true" : "false";
    } else {
      text += "null";
    }
  }

 private:
  void write_object(const Json& object) {
    const auto columns = columns_of_calls(object);
    any = any || columns;
    text.push_back('{');
    bool is_first = true;
    object.each_member([&](std::string_view key, const Json& value) {
      const bool is_column =
          columns && std::any_of(columns->columns.begin(), columns->columns.end(),
                                 [&](const auto& column) { return column.key == key; });
      if (is_column && key != columns->columns.front().key) return;
      if (!is_first) text.push_back(',');
      is_first = false;
      text += json_string(key) + ':';
      if (is_column) {
        write_rows(*columns);
      } else {
        write(value);
      }
    });
    text.push_back('}');
  }

  void write_rows(const CallColumns& columns) {
    text.push_back('[');
    for (std::size_t call = 0; call < columns.calls(); ++call) {
      if (call > 0) text.push_back(',');
      text += columns.row(call);
    }
    text.push_back(']');
  }
};

/// Looks where a report has such lists, and not into all of a long log.
bool may_hold_columns(const Json& value, int depth) {
  constexpr std::size_t kFirst = 64;
  if (depth > kDeepest) return false;
  bool found = false;
  if (value.is_array()) {
    for (std::size_t i = 0; i < kFirst / 8 && !found; ++i) {
      const Json item = value.item(i);
      if (!item.present()) break;
      found = (item.is_object() || item.is_array()) && may_hold_columns(item, depth + 1);
    }
    return found;
  }
  bool any_list = false;
  std::size_t members = 0;
  value.each_member([&](std::string_view key, const Json& member) {
    if (found || ++members > kFirst) return;
    const bool is_list = member.is_array();
    const Json first = is_list ? member.item(0) : Json();
    any_list = any_list || ((first.is_number() || first.is_array()) && counter_of_list(key));
    found = (member.is_object() || first.is_object()) && may_hold_columns(member, depth + 1);
  });
  return found || (any_list && columns_of_calls(value));
}

}  // namespace

std::string CallColumns::row(std::size_t call) const {
  std::string text;
  for (const Column& column : columns) {
    if (column.counts[call].is_null()) continue;
    text += fmt::format("{}{}:{}", text.empty() ? "{" : ",", json_string(column.name),
                        column.counts[call].described());
  }
  return text.empty() ? "{}" : text + '}';
}

std::optional<CallColumns> columns_of_calls(const Json& object) {
  CallColumns found;
  std::string shape;
  bool are_parallel = true;
  object.each_member([&](std::string_view key, const Json& list) {
    if (!are_parallel || !list.is_array()) return;
    auto name = counter_of_list(key);
    if (!name) return;
    CallColumns::Column column{key, std::move(*name), {}};
    std::string shape_of_column;
    // Texts under such a name are the prompts themselves.
    if (!take_numbers(list, 1, column.counts, shape_of_column)) return;
    are_parallel = found.columns.empty() || shape == shape_of_column;
    shape = std::move(shape_of_column);
    found.columns.push_back(std::move(column));
  });
  if (!are_parallel || found.columns.empty() || found.calls() == 0) return std::nullopt;
  if (!counts(found, Quantity::input) || !counts(found, Quantity::output)) return std::nullopt;
  return found;
}

std::optional<std::string> with_calls_as_rows(const Json& document) {
  if (!may_hold_columns(document, 0)) return std::nullopt;
  Rewriter rewriter;
  rewriter.write(document);
  return rewriter.any ? std::optional(std::move(rewriter.text)) : std::nullopt;
}

std::vector<CallOfColumns> calls_of_columns(const Json& line) {
  const auto columns = line.is_object() ? columns_of_calls(line) : std::nullopt;
  if (!columns) return {};
  std::string about;
  line.each_member([&](std::string_view key, const Json& value) {
    const std::string_view tells = field_named(key);
    if (!value.is_text() || tells.empty() || tells == "id" || tells == "row" || tells == "above")
      return;
    about += fmt::format(",{}:{}", json_string(key), json_string(value.text()));
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
