#pragma once

#include <string_view>

namespace usagectl {

/// Whether the words before the counts of a line say that no call used them: "Estimated", "Token
/// budget:", "Average per call:". Only those right before them are about them.
bool says_no_call(std::string_view before);

}  // namespace usagectl
