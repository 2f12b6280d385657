#include <memory>
#include <string>

#include "cli/commands/command.hpp"
#include "cli/commands/completions.hpp"

namespace usagectl {
namespace {

Run set_up(CLI::App& app) {
  const auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "Whose completions to print")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>(kShells.begin(), kShells.end())));
  return [&app, shell](World& world) {
    world.out(completions(describe(*app.get_parent()), *shell));
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_completions;
const Command command_completions{"completions", "Print the completions of a shell", set_up, true};

}  // namespace usagectl
