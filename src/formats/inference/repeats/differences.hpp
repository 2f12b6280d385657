#pragma once

#include <string_view>

#include "formats/inference/usage_census.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// {"prompt_tokens": -400} under "diff": what is compared has no usage of its own.
bool is_negative_difference(std::string_view name, const Json& member);

/// Passes over members that are called differences and are one: {"before": …, "after": …, "delta":
/// …}, where the first of two is larger than the second by what the third tells.
void pass_over_differences(SeenNode& node);

}  // namespace usagectl
