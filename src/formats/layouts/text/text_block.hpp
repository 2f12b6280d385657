#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// An object that a program prints over several lines, from the one at `at` that ends in an open
/// bracket to the one that closes it, joined to one line: how many lines it takes. 0 = there is
/// none, or it is too long for one usage.
std::size_t join_block(const std::vector<std::string_view>& lines, std::size_t at,
                       std::string& joined);

}  // namespace usagectl
