#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// The known word that a mistyped one was meant to be: at most a third of its letters wrong, left
/// out, added or swapped. Nothing when none is that near.
std::optional<std::string> nearest_word(std::string_view mistyped,
                                        const std::vector<std::string>& known);

}  // namespace usagectl
