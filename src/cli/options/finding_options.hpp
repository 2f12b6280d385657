#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/options/option_set.hpp"
#include "input/walk.hpp"

namespace usagectl {

/// Which files are read beside those that are named.
struct FindingOptions {
  bool hidden = false;
  std::vector<std::string> excluded;
  std::string files_from;  ///< a file with paths; "-" = standard input; empty = none
  bool null = false;       ///< its paths end with NUL instead of a line end
  std::string most_unpacked;
  std::string longest_line;

  WalkOptions walk() const { return {hidden, excluded}; }
  std::uint64_t most_unpacked_bytes() const;
  std::size_t longest_line_bytes() const;
  /// The paths in files_from. Throws InputError.
  std::vector<std::string> listed() const;
};

/// Everything but the list of paths.
void add_finding_options(OptionSet set, FindingOptions& options);
/// --files-from and -0, for subcommands that read any number of paths.
void add_list_options(OptionSet set, FindingOptions& options);

}  // namespace usagectl
