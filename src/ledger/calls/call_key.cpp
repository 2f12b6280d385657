#include "ledger/calls/call_key.hpp"

#include <algorithm>

namespace usagectl {

bool is_marked(const UsageRecord& record) {
  return record.id.empty() && !record.second_id.empty() && !record.id_space.empty();
}

bool has_short_id(const UsageRecord& record) {
  constexpr std::size_t kShortId = 8;
  return record.same_id == SameId::copy && record.second_id.empty() && record.id_space.empty() &&
         record.id.size() <= kShortId;
}

std::optional<KnownCalls::Key> call_key(const UsageRecord& record, std::string_view space) {
  if (record.same_id == SameId::nothing) return std::nullopt;
  if (is_marked(record)) {
    const std::string_view mark = record.second_id;
    const auto tab = std::min(mark.find('\t'), mark.size());
    return KnownCalls::Key(space, mark.substr(0, tab), mark.substr(std::min(tab + 1, mark.size())));
  }
  if (record.role == Role::cumulative || record.id.empty()) return std::nullopt;
  constexpr std::size_t kUpToTheHour = std::string_view("2026-01-01T10").size();
  return KnownCalls::Key(space, record.id,
                         has_short_id(record)
                             ? std::string_view(record.time).substr(0, kUpToTheHour)
                             : record.second_id);
}

}  // namespace usagectl
