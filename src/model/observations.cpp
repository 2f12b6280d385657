#include "model/observations.hpp"

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
  records_.push_back(std::move(record));
  ++met_;
  hand_over_if_long();
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
  std::swap(piece.entries_, entries_);
  std::swap(piece.ignored_, ignored_);
  std::swap(piece.duplicates_, duplicates_);
  std::swap(piece.held_, held_);
  return piece;
}

void Observations::add(Observation&& what) {
  entries_.push_back({records_.size(), std::move(what)});
  ++met_;
  hand_over_if_long();
}

void Observations::hand_over_if_long() {
  if (!hand_over_ || records_.size() + entries_.size() < kLong) return;
  const std::size_t records = records_.size();
  hand_over_(take());
  // What follows is likely to be of the same kind.
  records_.reserve(records);
}

}  // namespace usagectl
