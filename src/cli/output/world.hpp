#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/exit_code.hpp"

namespace usagectl {

/// Bytes could not be written; what() names the destination and the reason.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes bytes. Returns false when the reader has gone (a closed pipe), so that the writer can
/// stop quietly. Throws WriteError for every other failure.
using Write = std::function<bool(std::string_view)>;

/// Everything that a run takes from its environment, beside its arguments and the files it names,
/// so that tests can supply it.
struct World {
  Write out;                            ///< the report
  Write err;                            ///< warnings, progress, errors
  std::optional<std::string> no_color;  ///< NO_COLOR
  std::optional<std::string> term;      ///< TERM
  /// Any other environment variable; nothing where it is not set.
  std::function<std::optional<std::string>(const std::string&)> variable = [](const std::string&) {
    return std::nullopt;
  };
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;             ///< columns, when out is a terminal
  long long now_seconds = 0;  ///< since 1970
};

/// Runs the command line `arguments` (without the program's name).
ExitCode run(const std::vector<std::string>& arguments, World& world);

}  // namespace usagectl
