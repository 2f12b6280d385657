#pragma once

#include <cstddef>
#include <string>

#include "cli/options/description.hpp"

namespace usagectl {

/// The help of the whole program, in lines of at most `width` columns.
std::string program_help(const CommandDescription& program, std::size_t width);

/// The help of one subcommand.
std::string command_help(const CommandDescription& command, std::size_t width);

}  // namespace usagectl
