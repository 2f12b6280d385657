#pragma once

#include <cstddef>
#include <vector>

#include "model/finding.hpp"

namespace usagectl {

/// Indices of findings that have one cause, in their order: the first is the worst.
using FindingGroup = std::vector<std::size_t>;

/// Puts findings together that one cause explains, in the order of their first: those of one file
/// that share a cause and its witnesses, or an explanation; the numbers of one sum that fail
/// without a known cause; and warnings and notes that say the same of several places, in any file.
std::vector<FindingGroup> group_findings(const std::vector<Finding>& findings);

/// For each finding the number of its group, from 1.
std::vector<std::size_t> group_numbers(const std::vector<Finding>& findings);

}  // namespace usagectl
