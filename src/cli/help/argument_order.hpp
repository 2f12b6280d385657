#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options/description.hpp"

namespace usagectl {

/// Arguments that do not begin with a subcommand, and the command that was probably meant.
struct WrongOrder {
  std::string problem;
  std::string meant;  ///< a command line to try
};

/// Checks that the subcommand comes first: in `usagectl --strict reconcile logs` the option would
/// otherwise have no effect. Nothing if it does, or if the arguments are --help or --version.
std::optional<WrongOrder> wrong_order(const std::vector<std::string>& arguments,
                                      const CommandDescription& program);

/// The replacement for a common option of other programs: "--json" is "--format json". Nothing if
/// there is none.
std::optional<std::string> option_advice(const std::string& option);

/// The argument as a shell needs it: quoted where it must be, with nothing that acts on a terminal.
std::string shell_word(const std::string& argument);

}  // namespace usagectl
