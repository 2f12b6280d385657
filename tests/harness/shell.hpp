#pragma once

#include <string>

namespace usagectl {

/// What a shell script printed, standard error among standard output, and how it ended (128 +
/// signal when killed).
struct ShellOutcome {
  std::string output;
  int exit = 0;
};

/// Runs the script with sh, its standard input empty. `path_first` comes first in its PATH.
ShellOutcome run_shell(const std::string& script, const std::string& path_first);

}  // namespace usagectl
