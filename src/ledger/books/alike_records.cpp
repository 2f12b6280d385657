#include "ledger/books/alike_records.hpp"

#include "dialects/key_table.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {

bool AlikeRecords::may_differ(std::string_view key) {
  return depends_on_time(key) || key == "time" || key == "id" || key == "session" || key == "run";
}

bool AlikeRecords::Names::are_of(const UsageRecord& record) const {
  if (!is_set || unit != record.unit || file != record.place.file || rank != record.view.rank ||
      is_usage != record.view.is_usage || is_on_line != (record.place.line != 0) ||
      format != record.format || dialect != record.dialect || model != record.model ||
      pointer != record.place.pointer)
    return false;
  auto mine = scope.begin();
  for (const ScopeEntry& entry : record.scope) {
    if (may_differ(entry.first)) continue;
    if (mine == scope.end() || *mine != entry) return false;
    ++mine;
  }
  return mine == scope.end();
}

void AlikeRecords::Names::take(const UsageRecord& record) {
  is_set = true;
  is_usage = record.view.is_usage;
  unit = record.unit;
  file = record.place.file;
  rank = record.view.rank;
  is_on_line = record.place.line != 0;
  format = record.format;
  dialect = record.dialect;
  model = record.model;
  pointer = record.place.pointer;
  scope.clear();
  for (const ScopeEntry& entry : record.scope) {
    if (!may_differ(entry.first)) scope.push_back(entry);
  }
}

AlikeRecords::Kind AlikeRecords::kind_of(const UsageRecord& record) {
  if (record.unit != unit_) in_vain_ = 0;
  unit_ = record.unit;
  // Names may be other ones on every line.
  if (in_vain_ >= kMostInVain) return {};
  std::size_t hash = NameHash()(record.model) + record.unit;
  for (const auto& [key, value] : record.scope) {
    if (!may_differ(key)) hash = hash * 31 + NameHash()(value);
  }
  const std::size_t number = (hash ^ hash >> 17U) % kNoKind;
  Names& names = kinds_[number];
  const bool is_known = names.are_of(record);
  in_vain_ = is_known ? 0 : in_vain_ + 1;
  if (!is_known) names.take(record);
  return {number, is_known};
}

}  // namespace usagectl
