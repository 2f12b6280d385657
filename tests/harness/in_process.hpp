#pragma once

#include <optional>
#include <string>
#include <vector>

namespace usagectl {

/// What a test gives to a run beside its arguments.
struct RunSetting {
  std::optional<std::string> no_color;
  std::optional<std::string> term;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;
  long long now_seconds = 1795305600;  ///< a fixed time, so that reports do not change by the day
};

/// What a run said and how it ended.
struct Outcome {
  std::string out;
  std::string err;
  int exit = 0;
};

/// Runs the command line in this process, so that sanitizers and a debugger see all of it.
Outcome run_in_process(const std::vector<std::string>& arguments, const RunSetting& setting = {});

/// Makes the file the standard input of this process; /dev/null where none is given.
void redirect_standard_input(const std::optional<std::string>& file);

}  // namespace usagectl
