#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/count.hpp"

namespace usagectl {

/// What the numbers of lines of one kind are, as far as they prove it.
struct CourseOfLines {
  std::vector<std::size_t> counted;  ///< the lines that count, in their order
  bool are_running = false;          ///< the others are totals so far that these hold
  bool has_sum = false;              ///< the last line is the sum of the others
  bool may_be_running = false;  ///< every one is greater than the one before, for whatever reason
};

/// `lines` holds the numbers of each line, as many in each.
///
/// Calls are told apart from totals so far by their growth: six lines and more of which each is
/// greater in all numbers, from a first one that is hardly more than a step, are not what calls
/// look like. Where these are most lines, one that does not grow begins anew.
CourseOfLines course_of_lines(const std::vector<std::vector<Count>>& lines);

/// Lines known to be totals so far: of each stretch that does not fall, the last one. A line that
/// repeats the one before it says the same again.
std::vector<std::size_t> last_of_stretches(const std::vector<std::vector<Count>>& lines);

}  // namespace usagectl
