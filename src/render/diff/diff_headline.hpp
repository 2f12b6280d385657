#pragma once

#include <string>

#include "analysis/diff/diff.hpp"

namespace usagectl {

/// The answer in one line: "different  reasoning_in_output is included in A, twice in B; same keys;
/// 3 calls paired by id; …".
std::string diff_headline(const DiffReport& report);
/// The same without the verdict.
std::string diff_reasons(const DiffReport& report);

}  // namespace usagectl
