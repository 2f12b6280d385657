#pragma once

#include <functional>

#include "cli/commands/command.hpp"
#include "render/list_render.hpp"

namespace usagectl {

/// Sets up a subcommand that prints a list.
Run set_up_list(OptionSet set, std::function<ListOfThings()> list);

}  // namespace usagectl
