#include <memory>
#include <string>

#include "cli/commands/command.hpp"
#include "cli/help/completions.hpp"

namespace usagectl {
namespace {

Run set_up(OptionSet set) {
  const auto shell = std::make_shared<std::string>();
  set.add("SHELL", *shell, "The shell",
          {.name = "TEXT", .choices = {kShells.begin(), kShells.end()}, .is_required = true});
  return [set, shell](World& world) {
    world.out(completions(set.program(), *shell));
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_completions;
const Command command_completions{"completions", "Print the completion script of a shell", set_up};

}  // namespace usagectl
