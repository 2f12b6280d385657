#include "model/observations.hpp"

#include <algorithm>
#include <iterator>

namespace usagectl {
namespace {

constexpr std::size_t kLong = 1024;

}  // namespace

UnitId Observations::unit(std::string_view key) {
  add(NewUnit{std::string(key)});
  return next_unit_++;
}

UnitId Observations::unit_of_whole_views(std::string_view key) {
  add(NewUnit{std::string(key), true});
  return next_unit_++;
}

UnitId Observations::snapshot_unit(const Snapshot& snapshot) {
  add(snapshot);
  return next_unit_++;
}

GroupId Observations::group(std::string_view key) {
  add(NewGroup{std::string(key)});
  return next_group_++;
}

GroupId Observations::group_as_written() {
  add(NewGroup{{}, true});
  return next_group_++;
}

void Observations::record(UsageRecord&& record) {
  if (records_.empty()) records_.reserve(expected_);
  records_.push_back(std::move(record));
  ++met_;
  hand_over_if_long();
}

void Observations::call_again(CallAgain&& call, std::string_view id, std::string_view time,
                              std::string_view session, std::vector<KeySeen>&& keys,
                              const std::shared_ptr<const void>& kept) {
  constexpr std::size_t kTextsOfACall = 64;
  if (calls_again_.empty()) {
    calls_again_.reserve(expected_);
    texts_.reserve(expected_ * kTextsOfACall);
  }
  if (kept_.empty() || kept_.back() != kept) {
    if (std::find(kept_.begin(), kept_.end(), kept) == kept_.end()) kept_.push_back(kept);
  }
  call.position = number_of_records();
  call.texts = texts_.size();
  call.id_size = static_cast<std::uint32_t>(id.size());
  call.time_size = static_cast<std::uint32_t>(time.size());
  call.session_size = static_cast<std::uint32_t>(session.size());
  if (!keys.empty()) {
    keys_.push_back(std::move(keys));
    call.keys = static_cast<std::uint32_t>(keys_.size());
  }
  texts_.append(id).append(time).append(session);
  calls_again_.push_back(call);
  ++met_;
  hand_over_if_long();
}

void Observations::put(const CallAgain& call, UsageRecord& record) const {
  record.place.file = call.file;
  record.place.line = call.line;
  record.unit = call.unit;
  record.id = id_of(call);
  record.row = {.other_id = call.row_id};
  record.same_id = call.same_id;
  record.time = time_of(call);
  for (auto& [key, value] : record.scope) {
    if (key == "session") value = session_of(call);
  }
  record.counts = call.counts;
  record.given = call.given;
  record.cache_write_1h = call.cache_write_1h;
  if (call.keys != 0) record.keys = keys_[call.keys - 1];
}

std::span<UsageRecord> Observations::records_from(std::size_t position) {
  // They may have been handed over.
  if (position >= number_of_records()) return {};
  if (!calls_again_.empty() && calls_again_.back().position >= position) write_out();
  return std::span(records_).subspan(position - calls_again_.size());
}

void Observations::write_out() const {
  std::vector<UsageRecord> all;
  all.reserve(number_of_records());
  auto in_full = records_.begin();
  for (const CallAgain& call : calls_again_) {
    while (all.size() < call.position) all.push_back(std::move(*in_full++));
    put(call, all.emplace_back(call.like->record));
  }
  std::move(in_full, records_.end(), std::back_inserter(all));
  records_ = std::move(all);
  calls_again_.clear();
  texts_.clear();
  keys_.clear();
  kept_.clear();
}

void Observations::ignored(std::string_view rule, std::uint64_t objects) {
  if (objects == 0) return;
  ++met_;
  const auto known = ignored_.find(rule);
  if (known == ignored_.end()) {
    ignored_.emplace(rule, objects);
  } else {
    known->second += objects;
  }
}

Observations Observations::take() {
  Observations piece;
  std::swap(piece.records_, records_);
  std::swap(piece.calls_again_, calls_again_);
  std::swap(piece.texts_, texts_);
  std::swap(piece.keys_, keys_);
  std::swap(piece.kept_, kept_);
  std::swap(piece.entries_, entries_);
  std::swap(piece.ignored_, ignored_);
  std::swap(piece.duplicates_, duplicates_);
  std::swap(piece.held_, held_);
  return piece;
}

void Observations::add(Observation&& what) {
  entries_.push_back({number_of_records(), std::move(what)});
  ++met_;
  hand_over_if_long();
}

void Observations::hand_over_if_long() {
  if (!hand_over_ || holds_ > 0 || number_of_records() + entries_.size() < kLong) return;
  // What follows is likely to be of the same kind.
  expected_ = number_of_records();
  hand_over_(take());
}

}  // namespace usagectl
