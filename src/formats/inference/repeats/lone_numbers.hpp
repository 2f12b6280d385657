#pragma once

#include <vector>

#include "formats/inference/usage_relations.hpp"

namespace usagectl {

/// Beside usage objects with input and output, a number of tokens alone that is not related to them
/// may be anything: a part of them, the size of a text, what a window holds. It is set aside.
void set_lone_numbers_aside(std::vector<ToldUsage>& usages, std::vector<SetAside>& set_aside);

}  // namespace usagectl
