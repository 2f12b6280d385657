#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/text_hash.hpp"
#include "model/counts.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Spans of a trace, runs of a chain, agents and those that they called.
struct TreeRow {
  RowInTree place;
  Counts counts;  ///< as written
};

/// The hash of an id; 0 for one that says that there is none: "", "undefined".
std::size_t hash_of_row_id(std::string_view id);
/// The same of an id whose text_hash() is known.
std::size_t hash_of_row_id(std::string_view id, const TextHash& hash);

enum class RowOfTree : std::uint8_t {
  call,
  sum,      ///< of the rows below it, exactly
  no_sum,   ///< it is above others as those are that are sums, and reports more than they do
  unclear,  ///< it is above others and reports more than they do, and no row is a sum of others
};

/// What each row is. A row that is above others may have used something itself, or report what they
/// used; their numbers show which it is.
std::vector<RowOfTree> judge_rows(std::span<const TreeRow> rows);

}  // namespace usagectl
