#include "formats/reading/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "dialects/field_names.hpp"
#include "dialects/row_words.hpp"
#include "dialects/service_tier.hpp"
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

/// {"summary": true}
bool is_flag_of_sum(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "total",        "is_total",   "isTotal",     "summary",        "is_summary", "isSummary",
      "is_aggregate", "aggregated", "isAggregate", "is_grand_total", "is_sum",     "aggregate"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// "Running total", "cumulative": no name of one's own is in it.
bool is_label_of_total_so_far(std::string_view text) {
  constexpr std::size_t kLongest = 20;
  return text.size() > 9 && text.size() <= kLongest && says_so_far(text) &&
         may_be_called_sum("total " + std::string(text));
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Names under which rows say what they are about. "plan", "effort" and "tier" are none, of which
/// "max" is a value as well.
bool names_label_of_row(std::string_view name) {
  static constexpr std::array<std::string_view, 34> kNames = {
      "",           "name",    "label",     "task",     "model",  "metric",  "statistic",
      "stat",       "id",      "type",      "kind",     "agent",  "run",     "row",
      "test",       "case",    "question",  "problem",  "file",   "sample",  "category",
      "key",        "date",    "day",       "period",   "window", "range",   "timeframe",
      "time_range", "dataset", "benchmark", "scenario", "step",   "timespan"};
  constexpr std::size_t kLongest = 10;
  if (name.size() > kLongest) return false;
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

/// Of the names that stand in any line, whatever a catalogue knows.
MemberName member_named(std::string_view name) {
  MemberName named;
  named.says_calls = says_calls(name);
  named.is_total_key = is_total_key(name);
  named.is_kind = is_one_of(name, {"type", "event", "kind", "level", "record_type"});
  named.is_label = is_one_of(name, {"model", "name", "id"});
  named.may_be_row_label = names_label_of_row(name);
  named.may_say_end =
      named.is_kind || is_one_of(name, {"msg", "message", "event_type", "event_name"});
  named.is_flag_of_sum = is_flag_of_sum(name);
  return named;
}

/// The same of what its text says.
void add_to(SumOfCalls& sums, const MemberName& named, std::string_view text) {
  if ((named.is_kind && names_total(text)) || (named.is_label && is_sum_word(text)))
    sums.is_named_so = true;
  if (may_be_called_sum(text)) sums.is_called_so = true;
  if (named.may_be_row_label) {
    if (const Statistic said = statistic_called(text); said != Statistic::none)
      sums.statistic = said;
    if (const std::uint32_t hours = hours_of_window(text); hours != 0) sums.window_hours = hours;
    if (is_label_of_total_so_far(text)) sums.is_so_far = true;
  }
  if (named.may_say_end && is_called_end(text)) sums.is_called_end = true;
}

/// {"cached": true}, {"cache_status": "HIT"}
bool says_yes(const Json& value) {
  static constexpr std::array<std::string_view, 5> kYes = {"HIT", "hit", "Hit", "true", "True"};
  return value.is_bool() ? value.boolean().value_or(false)
                         : std::find(kYes.begin(), kYes.end(), value.text()) != kYes.end();
}

/// What a member says that may make its line the sum of others.
void add_to(SumOfCalls& sums, const MemberName& named, const Json& value) {
  if (named.says_calls) sums.calls = read_count(value).count;
  if (named.is_total_key) sums.has_total_keys = true;
  // "summary" may be what a call was asked for.
  if (named.is_flag_of_sum && value.boolean().value_or(false)) sums.is_called_so = true;
  if (value.is_text()) add_to(sums, named, value.text());
}

}  // namespace

bool says_calls(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "calls",    "total_calls",    "num_calls",    "call_count",    "n_calls",    "callCount",
      "requests", "total_requests", "num_requests", "request_count", "n_requests", "requestCount"};
  return (name.ends_with('s') || name.ends_with('t')) &&
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

MemberName member_named(const Catalogue& catalogue, std::string_view name) {
  MemberName named = member_named(name);
  named.may_name_cost = StatedCost::may_name_cost(name);
  named.sibling = catalogue.sibling(name);
  named.field = line_field(name);
  return named;
}

void describe(const MemberName& named, std::string_view name, const Json& value,
              Surroundings& about) {
  if (named.field == LineField::above) about.is_in_tree = true;
  if (value.is_null()) return;
  if (named.field == LineField::tier) {
    if (about.tier.empty() && !is_standard_tier(value.text())) about.tier = value.text();
    return;
  }
  add_to(about.sums, named, value);
  if (named.may_name_cost) about.cost.take(name, value);
  about.known = true;
  if (named.sibling) about.siblings.set(*named.sibling);
  const auto take = [&](std::string& place) {
    if (place.empty() && value.is_text()) place = value.text();
  };
  const auto take_number = [&](std::string& place) {
    if (!place.empty() || !value.is_number()) return;
    if (const auto number = read_count(value).count) place = std::to_string(*number);
  };
  switch (named.field) {
    case LineField::none: break;
    case LineField::object: take(about.object); break;
    case LineField::type: take(about.type); break;
    case LineField::id:
      if (!is_no_id(value.text())) take(about.id);
      take_number(about.row);
      break;
    case LineField::from_cache: about.is_from_cache = about.is_from_cache || says_yes(value); break;
    case LineField::row:
      take(about.row);
      take_number(about.row);
      break;
    case LineField::above:
      take(about.above);
      take_number(about.above);
      break;
    case LineField::model: take(about.model); break;
    case LineField::provider: take(about.provider); break;
    case LineField::session: take(about.session); break;
    case LineField::run:
      take(about.run);
      take_number(about.run);
      break;
    case LineField::project: take(about.project); break;
    case LineField::key: take(about.key); break;
    case LineField::tier: break;
    case LineField::time:
      if (about.time.empty()) about.time = utc_time(value);
      break;
  }
}

void describe(const Catalogue& catalogue, std::string_view name, const Json& value,
              Surroundings& about) {
  describe(member_named(catalogue, name), name, value, about);
}

bool is_no_id(std::string_view id) {
  constexpr std::size_t kLongestWord = 9;
  static constexpr std::array<std::string_view, 11> kWords = {
      "unknown", "none", "null", "nil", "n/a", "na", "nan", "undefined", "empty", "todo", "no id"};
  if (id.empty()) return false;
  if (id.find_first_not_of("0-") == std::string_view::npos) return true;
  if (id.size() > kLongestWord) return false;
  std::string lower(id);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

std::string_view tier_of_usage(const Json& usage) {
  for (const std::string_view name : {"service_tier", "serviceTier"}) {
    if (const std::string_view tier = usage[name].text(); !is_standard_tier(tier)) return tier;
  }
  return {};
}

bool says_anything(const SumOfCalls& sums) {
  return sums.is_named_so || sums.has_total_keys || sums.is_called_so || sums.is_called_end ||
         sums.statistic != Statistic::none || sums.window_hours != 0 || sums.is_so_far ||
         sums.calls;
}

bool says_of_sums(const MemberName& named, std::string_view text) {
  SumOfCalls sums;
  add_to(sums, named, text);
  return says_anything(sums);
}

SumOfCalls sums_said_by(const Json& line) {
  SumOfCalls sums;
  line.each_member(
      [&](std::string_view name, const Json& value) { add_to(sums, member_named(name), value); });
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

bool is_called_so_far(std::string_view pointer) {
  const std::string_view name = pointer.substr(pointer.rfind('/') + 1);
  return name != "usage" && says_so_far(name);
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

void Surroundings::clear() {
  for (std::string* text : {&object, &type, &id, &row, &above, &model, &time, &provider, &session,
                            &run, &project, &key, &tier}) {
    text->clear();
  }
  siblings.reset();
  is_in_tree = false;
  is_from_cache = false;
  is_failure = false;
  known = false;
  sums = {};
  cost = {};
  id_is_vague = false;
}

void Surroundings::complete_with(const Surroundings& other) {
  const auto take = [](std::string& mine, const std::string& theirs) {
    if (mine.empty()) mine = theirs;
  };
  take(object, other.object);
  take(type, other.type);
  take(id, other.id);
  take(row, other.row);
  take(above, other.above);
  is_in_tree = is_in_tree || other.is_in_tree;
  is_from_cache = is_from_cache || other.is_from_cache;
  is_failure = is_failure || other.is_failure;
  take(model, other.model);
  take(time, other.time);
  take(provider, other.provider);
  take(session, other.session);
  take(run, other.run);
  take(project, other.project);
  take(key, other.key);
  take(tier, other.tier);
  siblings |= other.siblings;
  known = known || other.known;
}

}  // namespace usagectl
