#pragma once

#include <optional>
#include <string>

#include "analysis/causes/case.hpp"

namespace usagectl {

/// Two causes that explain a case together, where each of them is shown by what the files hold; in
/// words. Nothing where no two do.
std::optional<std::string> explain_by_two(const Case& of);

}  // namespace usagectl
