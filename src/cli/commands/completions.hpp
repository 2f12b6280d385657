#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cli/options/description.hpp"

namespace usagectl {

inline constexpr std::array<std::string_view, 3> kShells = {"bash", "zsh", "fish"};

/// The script that teaches a shell to complete the program's command line. Throws
/// std::invalid_argument for a shell that is none of kShells.
std::string completions(const CommandDescription& program, std::string_view shell);

}  // namespace usagectl
