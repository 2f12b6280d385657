#include "cli/commands/command.hpp"
#include "cli/options/description.hpp"

namespace usagectl {
namespace {

Run set_up(OptionSet set) {
  return [set](World& world) {
    world.out(description_json(set.program()));
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_dump_cli;
const Command command_dump_cli{"dump-cli", "Print the definition of the command line", set_up,
                               true};

}  // namespace usagectl
