#pragma once

#include <span>
#include <string_view>

namespace usagectl {

/// Counts inside or beside a usage object that describe a part of it, and are no usage of their
/// own.
struct UsagePart {
  std::string_view name;
  bool is_inside_usage = true;
  /// Every member whose name ends so is a list of counts: tokens by modality.
  bool is_a_list_of_counts = false;
  std::string_view rule;  ///< by which it is ignored
  std::string_view source;
};

std::span<const UsagePart> usage_parts();

/// The part that a member of a usage object, or one beside it, is; nothing when it is none.
const UsagePart* usage_part(std::string_view name);

}  // namespace usagectl
