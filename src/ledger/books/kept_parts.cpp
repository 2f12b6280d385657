#include "ledger/books/kept_parts.hpp"

#include <utility>

namespace usagectl {

CasePart case_part(const UsageRecord& record) {
  CasePart part;
  part.place = record.place;
  part.counts = record.counts;
  part.given = record.given;
  part.number = record.number;
  part.failed = record.failed;
  part.is_sum = record.role == Role::aggregate || record.role == Role::cumulative;
  part.dialect = record.dialect;
  part.id = record.id;
  part.model = record.model;
  part.time = record.time;
  for (const std::string_view key : {"entity", "thread", "phase", "tick"}) {
    if (const std::string* value = scope_value(record, key); value != nullptr && part.name.empty())
      part.name = *value;
  }
  if (part.name.empty() && part.is_sum) part.name = record.model;
  return part;
}

template <typename Take>
void KeptParts::each_group(const UsageRecord& record, Take take) {
  for (const GroupId id : record.parts_of) {
    if (id == 0 || (!wants_all_ && !wanted_.contains(id))) continue;
    Parts& parts = groups_[id];
    if (parts.is_let_go) continue;
    if (kept_ < kMostParts) {
      ++kept_;
      take(parts);
      continue;
    }
    kept_ -= parts.items.size() + parts.told_again.size();
    parts = {};
    parts.is_let_go = true;
  }
}

CasePart KeptParts::in_order(const UsageRecord& record) {
  CasePart part = case_part(record);
  part.order = ++order_;
  return part;
}

void KeptParts::add(const UsageRecord& record) {
  each_group(record, [&](Parts& parts) { parts.items.push_back(in_order(record)); });
}

void KeptParts::add_told_again(const UsageRecord& record) {
  each_group(record, [&](Parts& parts) { parts.told_again.push_back(in_order(record)); });
}

void KeptParts::add_object(const UsageRecord& record) {
  constexpr std::size_t kMostObjects = 10'000;
  const bool is_expected =
      expected_ && expected_->file == record.place.file && expected_->line == record.place.line;
  if (is_expected && objects_.size() < kMostObjects) objects_.push_back(record);
}

const KeptParts::Parts* KeptParts::of(GroupId group) const {
  const auto found = groups_.find(group);
  return found == groups_.end() ? nullptr : &found->second;
}

void KeptParts::complete_with(KeptParts&& other) {
  for (auto& [group, parts] : other.groups_) groups_.try_emplace(group, std::move(parts));
}

}  // namespace usagectl
