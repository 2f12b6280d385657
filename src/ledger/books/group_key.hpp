#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_zone.hpp"
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

/// What a value may depend on beside its record.
struct GroupingContext {
  std::string_view file_name;      ///< of the file of the record
  const TimeZone* zone = nullptr;  ///< of days, weeks and months; nullptr = UTC
};

/// The record's value for a key; nothing when it has none. What has to be made for it is kept in
/// `made`.
std::optional<std::string_view> value_of(const UsageRecord& record, std::string_view key,
                                         const GroupingContext& context, std::string& made);

/// A group key as one string, for hashing. Packing appends to `packed`; false when a value is
/// missing.
bool pack_key(const UsageRecord& record, const std::vector<std::string>& by,
              const GroupingContext& context, std::string& packed);
void append_value(std::optional<std::string_view> value, std::string& packed);
/// Takes the first value off a packed key; the value is a part of it.
std::optional<std::string_view> take_value(std::string_view& packed);
GroupKey unpack_key(std::string_view packed);

/// By the natural order of the values; absent first.
bool natural_less(const std::optional<std::string_view>& a,
                  const std::optional<std::string_view>& b);
bool natural_less(const GroupKey& a, const GroupKey& b);

}  // namespace usagectl
