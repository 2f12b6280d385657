#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/options/option_set.hpp"
#include "cli/output/world.hpp"
#include "model/exit_code.hpp"

namespace usagectl {

/// Runs a subcommand after its options have been parsed. Parsing neither reads nor writes, running
/// does not parse.
using Run = std::function<ExitCode(World&)>;

/// A subcommand: one file in src/cli/commands/, one line in commands.def, one man page, one folder
/// of golden cases.
struct Command {
  std::string_view name;
  std::string_view summary;
  /// Declares the options and returns the function that runs with them.
  Run (*set_up)(OptionSet set);
  bool hidden = false;  ///< for builds and tests; not listed in --help
};

/// Every subcommand, in the order of --help.
std::span<const Command* const> commands();

}  // namespace usagectl
