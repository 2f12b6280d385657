#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/summary_report.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Keys that records can be grouped by, in the order in which help and messages name them.
struct GroupingKey {
  std::string_view name;
  std::string_view meaning;
};
const std::vector<GroupingKey>& grouping_keys();

/// The record's value for a key; nothing when it has none. `file_name` is the name of its file.
std::optional<std::string_view> value_of(const UsageRecord& record, std::string_view key,
                                         std::string_view file_name);

/// A group key as one string, for hashing. Packing appends to `packed`; false when a value is missing.
bool pack_key(const UsageRecord& record, const std::vector<std::string>& by, std::string_view file_name,
              std::string& packed);
GroupKey unpack_key(std::string_view packed);

/// Orders text as people do: "tick 2" before "tick 10"; absent first.
bool natural_less(const std::optional<std::string>& a, const std::optional<std::string>& b);
bool natural_less(const GroupKey& a, const GroupKey& b);

}  // namespace usagectl
