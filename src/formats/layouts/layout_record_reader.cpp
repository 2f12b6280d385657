// How a layout makes a record of an object that it found.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text_hash.hpp"
#include "base/utc_time.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_words.hpp"
#include "formats/layouts/layout_dialect.hpp"
#include "formats/layouts/layout_node.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/reading/call_status.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/take_cost.hpp"
#include "formats/reading/violations.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kDateDigits = 10;  // "2026-03-01"

/// A number, or a text of one: some write money so.
bool is_amount(const Json& value) {
  const std::string_view text = value.text();
  return value.is_number() ||
         (!text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos);
}

std::string day_after(const std::string& day) {
  const auto milliseconds = milliseconds_of(day + "T00:00:00Z");
  if (!milliseconds) return {};
  constexpr std::int64_t kSecondsOfDay = 86'400;
  return utc_time_of(*milliseconds / 1000 + kSecondsOfDay).substr(0, kDateDigits);
}

}  // namespace

void LayoutReader::identify(const LayoutRecord& layout, UsageRecord& record) {
  const bool is_plain = layout.id.all.size() == 1 && layout.id.with.empty();
  std::string id;
  const auto add = [&](const ValueSource& source, const std::string& text) {
    if (!id.empty()) id += ' ';
    const bool is_key = source.star == 0 && source.earlier.empty();
    if (is_key) id += source.path.tokens.back() + ' ';
    id += text;
  };
  for (const Sources& sources : layout.id.all) {
    std::string text;
    const auto known = std::find_if(sources.begin(), sources.end(), [&](const ValueSource& source) {
      text = text_of(source, layout.at);
      return !text.empty();
    });
    if (known == sources.end()) return;
    if (is_plain) {
      id = std::move(text);
    } else {
      add(*known, text);
    }
  }
  for (const ValueSource& source : layout.id.with) {
    if (const std::string text = text_of(source, layout.at); !text.empty()) add(source, text);
  }
  if (id.empty()) return;
  if (layout.id.is_numbered) {
    if (const int number = ++ids_[id]; number > 1) id += fmt::format(" #{}", number);
  }
  record.id = std::move(id);
  record.same_id = layout.same_id;
  if (!layout.id_within.empty()) {
    record.id_space = text_of(layout.id_within, layout.at);
    if (record.id_space.empty()) record.id_space = file_.path;
  }
}

/// When the usage was, and until when where it is a sum over some time. A day of a zone begins at
/// another moment than that of UTC, and keeps its name.
void LayoutReader::date(const LayoutRecord& layout, const Prepared& prepared, UsageRecord& record) {
  const auto in_utc = [&](std::string time) {
    if (!prepared.zone || time.size() <= kDateDigits || time.ends_with('Z')) return time;
    return utc_time_of(prepared.zone->seconds_of(time));
  };
  if (!layout.time.empty()) record.time = in_utc(time_of(layout.time, layout.at));
  std::string until;
  if (!layout.until.empty()) until = in_utc(time_of(layout.until, layout.at));
  const bool is_day = record.time.size() == kDateDigits;
  if (until.empty() && is_day && layout_.is_bill && layout.role == Role::aggregate)
    until = day_after(record.time);
  const auto midnight = [&](const std::string& day) {
    const std::string time = day + "T00:00:00";
    return prepared.zone ? utc_time_of(prepared.zone->seconds_of(time)) : time + "Z";
  };
  if (is_day && prepared.zone) {
    const std::string since = midnight(record.time);
    if (since != record.time + "T00:00:00Z") record.scope.emplace_back("since", since);
  }
  if (until.size() == kDateDigits) until = midnight(until);
  if (!until.empty()) record.scope.emplace_back("until", std::move(until));
}

void LayoutReader::describe(std::size_t index, UsageRecord& record) {
  const LayoutRecord& layout = layout_.records[index];
  if (layout.id.is_given()) identify(layout, record);
  // Another view of a call reports it again, which is no repeat of it in its own view.
  const View& view = prepared_[index].view;
  if (layout_.inferred && view.rank > 0 && view.rank != View::kNeverCounted && !record.id.empty())
    record.id_space += fmt::format("{}as {}", record.id_space.empty() ? "" : " ", view.name);
  if (!layout.model.empty()) record.model = text_of(layout.model, layout.at);
  date(layout, prepared_[index], record);
  for (const ScopeSource& scope : layout.scope) {
    std::string value = text_of(scope.from, layout.at);
    if (!value.empty()) record.scope.emplace_back(scope.name, std::move(value));
  }
}

std::optional<UsageRecord> LayoutReader::reject(std::size_t index, const Place& place,
                                                std::string problem) {
  observations_->rejected(place, std::move(problem));
  say_rejected(index);
  return std::nullopt;
}

void LayoutReader::say_rejected(std::size_t index) {
  claims_.rejected(index, tokens_);
  line_claims_.rejected(index);
}

std::optional<UsageRecord> LayoutReader::read_whole_value(const Json& value, std::size_t index,
                                                          Place&& place) {
  const CountReading reading = read_count(value);
  if (!reading.count) {
    return reject(index, place,
                  reading.fault.empty()
                      ? fmt::format("is {}, expected a number of tokens", value.described())
                      : reading.fault);
  }
  UsageRecord record;
  record.place = std::move(place);
  record.dialect = kPlainDialect;
  record.counts.set(static_cast<Counter>(layout_.records[index].counters.front().first),
                    *reading.count);
  record.given = record.counts;
  return record;
}

namespace {

/// The one number of calls that a row gives which counts nothing else.
std::optional<Count> number_of_calls_in(const Json& row) {
  std::optional<Count> calls;
  bool is_one = row.is_object();
  row.each_member([&](std::string_view key, const Json& value) {
    if (!value.is_number() || !names_number_of_calls(key) || names_running(key)) return;
    is_one = is_one && !calls;
    calls = read_count(value).count;
  });
  return is_one && calls.value_or(0) > 0 ? calls : std::nullopt;
}

bool names_tokens(const Json& row) {
  bool any = false;
  row.each_member([&](std::string_view key, const Json&) { any = any || speaks_of_tokens(key); });
  return any;
}

UsageRecord record_of_calls(Place&& place, Count calls) {
  UsageRecord record;
  record.place = std::move(place);
  record.dialect = kPlainDialect;
  record.counts.set(Counter::requests, calls);
  return record;
}

}  // namespace

std::optional<UsageRecord> LayoutReader::read_usage(const Json& value, std::size_t index,
                                                    Place&& place) {
  const LayoutRecord& layout = layout_.records[index];
  const Prepared& prepared = prepared_[index];
  if (!layout.cost.empty()) {
    const bool has_cost =
        std::any_of(layout.cost.begin(), layout.cost.end(),
                    [&](const ValueSource& source) { return is_amount(value_of(source)); });
    if (!has_cost) {
      observations_->ignored("object without usage");
      return std::nullopt;
    }
    UsageRecord record;
    record.place = std::move(place);
    record.dialect = kPlainDialect;
    return record;
  }
  if (is_whole_value(layout)) return read_whole_value(value, index, std::move(place));
  if (prepared.dialect != nullptr) {
    if (value.is_null()) {
      observations_->ignored("usage is null");
      return std::nullopt;
    }
    auto record =
        read_call(value, layout.dialect, format_, std::move(place), file_, *observations_);
    if (!record) say_rejected(index);
    return record;
  }
  // A bill has a row for each kind of amount, and one of them is the number of requests.
  if (layout_.is_bill && layout.counters.empty() && !layout.requests.empty() &&
      !names_tokens(value)) {
    const auto calls = read_count(value_of(layout.requests.front())).count;
    if (calls) return record_of_calls(std::move(place), *calls);
  }
  const Catalogue& catalogue = prepared.own ? *prepared.own : file_.catalogue();
  const UsageValues values(catalogue, value);
  const auto names_the_call = [&](const UsageValues::Slot& slot) {
    return std::find(prepared.naming.begin(), prepared.naming.end(), catalogue.path_of(slot.key)) !=
           prepared.naming.end();
  };
  const bool only_names_the_call =
      prepared.own && std::all_of(values.slots().begin(), values.slots().end(), names_the_call) &&
      std::none_of(layout.counters.begin(), layout.counters.end(),
                   [&](const auto& counter) { return follow(value, counter.second).present(); });
  if (values.empty() || only_names_the_call) {
    // Of images and speech a report says how often they were asked for, and no tokens.
    const auto calls = layout.role == Role::aggregate ? number_of_calls_in(value) : std::nullopt;
    if (calls) return record_of_calls(std::move(place), *calls);
    observations_->ignored(value.is_null() ? "usage is null" : "object without usage");
    return std::nullopt;
  }
  std::string model;
  Envelope envelope;
  envelope.known = true;
  envelope.path = prepared.path;
  // A place that was inferred is nobody's in particular.
  if (!layout_.inferred && !prepared.own) {
    model = text_of(layout.model, layout.at);
    envelope.model = model;
    envelope.object = value["object"].text();
  }
  const UsageReading reading = prepared.own
                                   ? read_usage_as(catalogue, catalogue.dialects().front(), values)
                                   : usagectl::read_usage(catalogue, values, envelope);
  report(reading.violations, place, *observations_);
  if (!reading.countable()) {
    return reject(
        index, place,
        reading.faulty ? reading.fault : "has token counts in a vocabulary that no dialect knows");
  }
  if (reading.held > 0) observations_->held(reading.held);
  UsageRecord record;
  record.place = std::move(place);
  record.dialect = prepared.own ? kPlainDialect : reading.dialect;
  record.counts = reading.counts;
  record.given = reading.given;
  record.sums.calls = values.calls();
  record.cache_write_1h = hour_writes(reading.atoms);
  take_cost(record, values.cost(), cost_beside(layout), *observations_);
  if (file_.wants_keys) {
    for (const auto& slot : values.slots()) {
      std::string path(catalogue.path_of(slot.key));
      std::replace(path.begin(), path.end(), '/', '.');
      record.keys.push_back({kept_key_path(path), false});
    }
  }
  return record;
}

/// What stands beside the only usage object in an object is its cost, where nobody knows the place.
StatedCost LayoutReader::cost_beside(const LayoutRecord& layout) const {
  StatedCost beside;
  if (!layout_.inferred || around_.size() < 2 || layout.at.tokens.empty() ||
      PathPattern::is_any(layout.at.tokens.back()))
    return beside;
  const auto is_in_the_same = [&](const LayoutRecord& other) {
    return other.at.tokens.size() >= layout.at.tokens.size() &&
           std::equal(layout.at.tokens.begin(), layout.at.tokens.end() - 1,
                      other.at.tokens.begin());
  };
  if (std::count_if(layout_.records.begin(), layout_.records.end(), is_in_the_same) > 1)
    return beside;
  around_[around_.size() - 2].value.each_member(
      [&](std::string_view name, const Json& value) { beside.take(name, value); });
  return beside;
}

/// The cost at the first of its places that has one, and the currency that its writer uses.
void LayoutReader::take_stated_cost(const LayoutRecord& layout, UsageRecord& record) {
  for (const ValueSource& source : layout.stated_cost) {
    std::string key;
    for (std::size_t i = 0; i < source.outward; ++i) key += "../";
    const std::string path = source.path.text();
    if (!path.empty()) key += path.substr(1);
    CostOfRecord cost = cost_at(value_of(source), layout.currency, std::move(key));
    if (!cost) continue;
    record.cost = std::move(cost);
    return;
  }
  if (record.cost && layout.currency.is_known() && !record.cost->currency.is_known()) {
    Cost cost = *record.cost;
    cost.currency = layout.currency;
    record.cost = std::make_shared<const Cost>(std::move(cost));
  }
}

/// Whether the place told a call with this id and these numbers before: it is no part of a sum
/// twice.
bool LayoutReader::is_told_again(std::size_t index, const UsageRecord& record) {
  if (record.same_id != SameId::copy || record.id.empty()) return false;
  std::string key = fmt::format("{} {}", index, record.id);
  for (const Counter counter : kCounters)
    key += fmt::format(" {}", record.counts[counter].value_or(-1));
  return !told_.insert(short_text_hash(key)).second;
}

void LayoutReader::compare_repeated(const LayoutRecord& layout, const UsageRecord& record) {
  for (const RepeatedUsage& again : layout.again) {
    if (!hold(again.where)) continue;
    const Json copy = value_of(again.at);
    if (!copy.is_object()) continue;
    Counts counts;
    for (const auto& [quantity, path] : again.counters) {
      const auto count = read_count(follow(copy, path)).count;
      if (count && quantity <= Quantity::total) counts.set(static_cast<Counter>(quantity), *count);
    }
    if (counts.empty()) continue;
    Place place = document_;
    const std::size_t depth = tokens_.size() - std::min(tokens_.size(), again.at.outward);
    for (std::size_t i = 0; i < depth; ++i) append_pointer(place.pointer, tokens_[i]);
    for (const std::string& token : again.at.path.tokens) append_pointer(place.pointer, token);
    others_.read(counts, false);
    compare_copy(record, counts, place, *observations_);
  }
}

void LayoutReader::note_paths(std::size_t index, const Json& value) {
  const auto is_there = [](const Json& at) { return at.present() && !at.is_null(); };
  path_uses_.note_record(
      index,
      [&](const Sources& sources) {
        return std::any_of(sources.begin(), sources.end(), [&](const ValueSource& source) {
          const bool is_place = source.star == 0 && source.earlier.empty();
          return is_place ? is_there(value_of(source))
                          : !text_of(source, layout_.records[index].at).empty();
        });
      },
      [&](const PathPattern& key) { return is_there(follow(value, key)); });
}

void LayoutReader::read_record(const Json& value, const Node& node) {
  const auto chosen =
      std::find_if(node.records.begin(), node.records.end(),
                   [&](std::size_t index) { return hold(layout_.records[index].where); });
  if (chosen == node.records.end()) return;
  const std::size_t index = *chosen;
  const LayoutRecord& layout = layout_.records[index];
  // Beside the members of a map may stand what is none.
  const bool is_any_member =
      !layout.at.tokens.empty() && PathPattern::is_any(layout.at.tokens.back());
  if (is_any_member && !is_whole_value(layout) && !value.is_object() && !value.is_array() &&
      !value.is_null())
    return;
  ++records_;
  path_uses_.note_place(layout.at);  // also where it is rejected
  auto record = read_usage(value, index, here());
  if (!record) return;
  const bool says_only_calls = record->counts.has(Counter::requests) && record->given.empty();
  describe(index, *record);
  take_stated_cost(layout, *record);
  record->format = format_;
  record->role = layout.role;
  record->failed = says_failed(value) || says_failed_around();
  if (layout.role == Role::request) {
    record->counts.set(Counter::requests, record->sums.calls.value_or(1));
  } else if (!layout.requests.empty() && !says_only_calls) {
    record->counts.set(Counter::requests, count_of(layout.requests));
  }
  record->sums = {};  // what is a sum, the layout says
  record->view = prepared_[index].view;
  if (!layout.why.empty() && !std::exchange(prepared_[index].is_said, true))
    say_why(layout, record->place);
  take_unit(layout, prepared_[index], *record);
  // Who writes a known dialect counts all of it.
  if (prepared_[index].dialect == nullptr && layout.cost.empty() && !says_only_calls &&
      !record->failed)
    say_empty(layout, *record);
  compare_repeated(layout, *record);
  if (!path_uses_.empty()) note_paths(index, value);
  others_.read(completed(record->counts, record->given), record->view.rank == 0);

  claims_.begin_call(index, tokens_, *record);
  line_claims_.begin_call(index, tokens_, *record);
  // Rows that are set aside stand at the place of those that add up.
  const bool is_set_aside = layout_.inferred && !layout.counted && !layout.where.empty();
  if (!layout_.claims.empty() && !is_set_aside) {
    ClaimedRecord claimed{index, &tokens_, &*record, {}};
    if (layout.at.stars() == 0) claimed.keys = keys_of(value, layout);
    if (!is_told_again(index, *record)) claims_.record(claimed, *observations_);
    line_claims_.record(claimed, *observations_);
  }
  observations_->record(std::move(*record));
}

}  // namespace usagectl
