#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/options/option_set.hpp"
#include "cli/output/world.hpp"
#include "model/exit_code.hpp"

namespace usagectl {

/// What runs once the options of a subcommand have been parsed. Parsing does no reading and no
/// writing, running does no parsing.
using Run = std::function<ExitCode(World&)>;

/// A subcommand: one file in src/cli/, one line in commands.def, one man page, one folder of golden
/// cases.
struct Command {
  std::string_view name;
  std::string_view summary;
  /// Declares the options and returns what to run with them.
  Run (*set_up)(OptionSet set);
  bool hidden = false;  ///< for builds and tests; not listed in --help
};

/// Every subcommand, in the order of --help.
std::span<const Command* const> commands();

}  // namespace usagectl
