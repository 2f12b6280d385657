#include "formats/providers/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "dialects/field_names.hpp"
#include "dialects/usage_words.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

/// "total_input_tokens": a call may count so too. "total_tokens" is a call's own.
bool is_total_key(std::string_view name) {
  if (!name.starts_with("total") || name.find("oken") == std::string_view::npos) return false;
  return !name.starts_with("total_token") && !name.starts_with("totalToken");
}

/// "TOTAL" in the place of a model's name.
bool is_sum_word(std::string_view name) {
  return name.size() <= 9 && name.find_first_of("-_ ./:") == std::string_view::npos &&
         names_total(name);
}

/// Whether the line says that it is a sum: of its kind, or where its name should stand.
bool says_sum(std::string_view name, const Json& value) {
  if (name == "type" || name == "event" || name == "kind" || name == "level" ||
      name == "record_type")
    return names_total(value.text());
  return (name == "model" || name == "name" || name == "id") && is_sum_word(value.text());
}

}  // namespace

bool says_calls(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "calls",    "total_calls",    "num_calls",    "call_count",    "n_calls",    "callCount",
      "requests", "total_requests", "num_requests", "request_count", "n_requests", "requestCount"};
  return (name.ends_with('s') || name.ends_with('t')) &&
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void describe(const Catalogue& catalogue, std::string_view name, const Json& value,
              Surroundings& about) {
  if (value.is_null()) return;
  if (says_calls(name)) about.sums.calls = read_count(value).count;
  if (is_total_key(name)) about.sums.has_total_keys = true;
  if (says_sum(name, value)) about.sums.is_named_so = true;
  if (value.is_text() && may_be_called_sum(value.text())) about.sums.is_called_so = true;
  if (StatedCost::may_name_cost(name)) about.cost.take(name, value);
  about.known = true;
  if (const auto sibling = catalogue.sibling(name)) about.siblings.set(*sibling);
  const auto take = [&](std::string& place) {
    if (place.empty() && value.is_text()) place = value.text();
  };
  switch (line_field(name)) {
    case LineField::none: break;
    case LineField::object: take(about.object); break;
    case LineField::type: take(about.type); break;
    case LineField::id: take(about.id); break;
    case LineField::model: take(about.model); break;
    case LineField::provider: take(about.provider); break;
    case LineField::session: take(about.session); break;
    case LineField::project: take(about.project); break;
    case LineField::key: take(about.key); break;
    case LineField::time:
      if (about.time.empty()) about.time = utc_time(value);
      break;
  }
}

SumOfCalls sums_said_by(const Json& line) {
  SumOfCalls sums;
  line.each_member([&](std::string_view name, const Json& value) {
    if (says_calls(name)) sums.calls = read_count(value).count;
    if (is_total_key(name)) sums.has_total_keys = true;
    if (says_sum(name, value)) sums.is_named_so = true;
    if (value.is_text() && may_be_called_sum(value.text())) sums.is_called_so = true;
  });
  return sums;
}

void describe(const Catalogue& catalogue, const Json& object, Surroundings& about) {
  object.each_member(
      [&](std::string_view name, const Json& value) { describe(catalogue, name, value, about); });
}

bool is_below_a_sum(std::string_view pointer) {
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    if (is_sum_word(pointer.substr(0, end))) return true;
    pointer.remove_prefix(end);
  }
  return false;
}

bool is_below_a_total(std::string_view pointer) {
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    if (is_called_total(pointer.substr(0, end))) return true;
    pointer.remove_prefix(end);
  }
  return false;
}

void Surroundings::complete_with(const Surroundings& other) {
  const auto take = [](std::string& mine, const std::string& theirs) {
    if (mine.empty()) mine = theirs;
  };
  take(object, other.object);
  take(type, other.type);
  take(id, other.id);
  take(model, other.model);
  take(time, other.time);
  take(provider, other.provider);
  take(session, other.session);
  take(project, other.project);
  take(key, other.key);
  siblings |= other.siblings;
  known = known || other.known;
}

}  // namespace usagectl
