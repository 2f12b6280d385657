// What the claims of a document and those of a log have in common.
#include "formats/layouts/claims/claim_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usagectl {

std::string pointer_of(const PlaceTokens& tokens, std::size_t end) {
  std::string pointer;
  for (std::size_t i = 0; i < end; ++i) append_pointer(pointer, tokens[i]);
  return pointer;
}

std::string names_of(const std::vector<PathPattern>& patterns) {
  std::string names;
  for (const PathPattern& pattern : patterns) {
    if (!names.empty()) names += " and ";
    names += pattern.tokens.empty() ? "the document" : pattern.text();
  }
  return names;
}

std::vector<std::size_t> records_at(const Layout& layout, const PathPattern& place) {
  std::vector<std::size_t> records;
  for (std::size_t i = 0; i < layout.records.size(); ++i) {
    if (layout.records[i].at == place) records.push_back(i);
  }
  return records;
}

void ClaimedSum::add(const ClaimedRecord& record) {
  if (given.records == 0) {
    place = record.record->place;
    keys = record.keys;
  }
  given.add(completed(record.record->given, record.record->counts), record.record->cost);
  if (record.record->cost) cost_key = record.record->cost->key;
  solved.add(record.record->counts);
  if (record.record->given.has(Counter::total)) ++with_own_total;
}

std::vector<ClaimedNumber> ClaimedSum::numbers(bool is_provable) const {
  std::vector<ClaimedNumber> claimed;
  for (const Counter counter : kCounters) {
    const auto asserted = is_provable ? whole_sum(given, counter) : given.sum_of(counter);
    if (!asserted || counter == Counter::unexplained) continue;
    const bool is_derived = counter == Counter::total && with_own_total == 0;
    if (!is_provable && is_derived) continue;
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const auto& one) { return one.first == counter; });
    claimed.push_back({.counter = counter,
                       .key = key == keys.end() ? std::string() : key->second,
                       .asserted = *asserted,
                       .solved = whole_sum(solved, counter),
                       .is_derived = is_derived});
  }
  return claimed;
}

std::optional<Cost> ClaimedSum::cost() const {
  const auto sum = given.costs.whole(given.records);
  if (!sum) return std::nullopt;
  return Cost{{sum->sum, sum->decimals, sum->is_noisy},
              sum->currency,
              given.records == 1 ? cost_key : std::string()};
}

bool add_to_group(UsageRecord& record, GroupId group) {
  const auto free = std::find(record.parts_of.begin(), record.parts_of.end(), GroupId(0));
  if (free == record.parts_of.end()) return false;
  *free = group;
  return true;
}

std::string_view value_by(const UsageRecord& record, std::string_view by) {
  if (by == "model") return record.model;
  if (by == "day") return std::string_view(record.time).substr(0, 10);
  const std::string* const value = scope_value(record, by);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

ClaimedPart seen_number(const PlaceTokens& tokens, const Json& value) {
  const CountReading reading = value.is_number() ? read_count(value) : CountReading();
  return {.tokens = tokens, .count = reading.count, .is_fault = !reading.fault.empty()};
}

bool NumbersOfCalls::begin_call(std::size_t index, const PlaceTokens& tokens,
                                const UsageRecord& record) {
  call_.clear();
  if (record.id.empty() || record.same_id == SameId::nothing) return true;
  call_ = fmt::format("{} {} {} {}", index, record.id_space.size(), record.id_space, record.id);
  if (record.same_id == SameId::copy) {
    for (const Counter counter : kCounters)
      call_ += fmt::format(" {}", record.counts[counter].value_or(-1));
  }
  call_tokens_ = tokens;
  return calls_.insert(call_).second;
}

ClaimedPart NumbersOfCalls::growth(std::size_t index, ClaimedPart seen) {
  const bool is_of_call = !call_.empty() && seen.tokens.size() >= call_tokens_.size() &&
                          std::equal(call_tokens_.begin(), call_tokens_.end(), seen.tokens.begin());
  if (!is_of_call || !seen.count) return seen;
  std::string name = fmt::format("{} {}", index, call_);
  for (std::size_t i = call_tokens_.size(); i < seen.tokens.size(); ++i)
    append_pointer(name, seen.tokens[i]);
  const auto [told, is_new] = told_.try_emplace(std::move(name), *seen.count);
  if (is_new) return seen;
  seen.is_told_again = true;
  const Count before = std::exchange(told->second, *seen.count);
  seen.count = *seen.count - before;
  return seen;
}

void NumbersOfCalls::clear() {
  calls_.clear();
  call_.clear();
  told_.clear();
}

}  // namespace usagectl
