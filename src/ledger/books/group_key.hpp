#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/usage_record.hpp"

namespace usagectl {

/// Keys of a group, in the order asked for; an absent value means that the records have none.
using GroupKey = std::vector<std::optional<std::string>>;

/// Keys that records can be grouped by, in the order in which help and messages name them.
struct GroupingKey {
  std::string_view name;
  std::string_view meaning;
};
const std::vector<GroupingKey>& grouping_keys();

/// Whether the key is made of the time of a record.
bool depends_on_time(std::string_view key);

/// The record's value for a key; nothing when it has none. `file_name` is the name of its file.
std::optional<std::string_view> value_of(const UsageRecord& record, std::string_view key,
                                         std::string_view file_name);

/// A group key as one string, for hashing. Packing appends to `packed`; false when a value is
/// missing.
bool pack_key(const UsageRecord& record, const std::vector<std::string>& by,
              std::string_view file_name, std::string& packed);
GroupKey unpack_key(std::string_view packed);

/// By the natural order of the values; absent first.
bool natural_less(const std::optional<std::string>& a, const std::optional<std::string>& b);
bool natural_less(const GroupKey& a, const GroupKey& b);

}  // namespace usagectl
