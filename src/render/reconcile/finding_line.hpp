#pragma once

#include <string>

#include "model/finding.hpp"

namespace usagectl {

/// A finding in one line of plain text, where there is no room for a block:
/// "/after/x/output_tokens: asserted 44,636, calculated 43,149 (sum of 29 details), difference
/// +1,487: equals request 17".
std::string finding_line(const Finding& finding);

}  // namespace usagectl
