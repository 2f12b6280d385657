#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cli/options/description.hpp"

namespace usagectl {

inline constexpr std::array<std::string_view, 3> kShells = {"bash", "zsh", "fish"};

/// The completion script of a shell. Throws std::invalid_argument for a shell that is not in
/// kShells.
std::string completions(const CommandDescription& program, std::string_view shell);

}  // namespace usagectl
