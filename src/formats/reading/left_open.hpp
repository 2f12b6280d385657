#pragma once

#include <string_view>

namespace usagectl {

/// The cause of a finding that says that a usage object or a number of tokens is not counted, as
/// nothing relates it to what is counted beside it.
inline constexpr std::string_view kNotCounted = "not-counted";

/// What is said of a usage object that is rejected, as nothing relates it to others in its line.
inline constexpr std::string_view kAmongOthers =
    "usage objects in a layout that is not known: which of them are parts of which is not said";

inline bool says_unrelated(std::string_view problem) { return problem.ends_with(kAmongOthers); }

}  // namespace usagectl
