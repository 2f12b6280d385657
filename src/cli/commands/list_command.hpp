#pragma once

#include <functional>

#include "cli/commands/command.hpp"
#include "render/list_render.hpp"

namespace usagectl {

/// What a subcommand that prints a list of known things declares and runs.
Run set_up_list(OptionSet set, std::function<ListOfThings()> list);

}  // namespace usagectl
