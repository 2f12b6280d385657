#include <array>

#include "cli/commands/command.hpp"

namespace usagectl {

#define COMMAND(name) extern const Command command_##name;
#include "cli/commands/commands.def"
#undef COMMAND

std::span<const Command* const> commands() {
  static const std::array all = {
#define COMMAND(name) &command_##name,
#include "cli/commands/commands.def"
#undef COMMAND
  };
  return all;
}

}  // namespace usagectl
