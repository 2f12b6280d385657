#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/exit_code.hpp"

namespace usagectl {

/// Where a run writes. Returns false when nobody reads any more (a closed pipe): the writer then
/// stops quietly. Throws WriteError when the bytes cannot be written.
using Write = std::function<bool(std::string_view)>;

/// Everything that a run takes from the world beside its arguments and the files it names, so that
/// tests can give it.
struct World {
  Write out;                         ///< the report
  Write err;                         ///< warnings, progress, errors
  std::optional<std::string> no_color;   ///< NO_COLOR
  std::optional<std::string> term;       ///< TERM
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;                    ///< columns, when out is a terminal
};

/// Runs the command line `arguments` (without the program's name).
ExitCode run(const std::vector<std::string>& arguments, World& world);

}  // namespace usagectl
