#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace usagectl {

/// An option or a positional argument.
struct ArgumentDescription {
  std::vector<std::string> names;    ///< "-o", "--output"; for a positional argument its one name
  std::string value;                 ///< placeholder of its value: "FILE"; empty = a flag
  std::vector<std::string> choices;  ///< the only valid values; empty = any
  std::vector<std::string> suggestions;  ///< some of many values, for completions
  std::string default_value;             ///< empty = none that is worth showing
  std::string summary;
  bool required = false;
  bool repeats = false;  ///< may be given, or take values, more than once
};

struct CommandDescription {
  std::string name;
  std::string summary;
  std::vector<ArgumentDescription> options;
  std::vector<ArgumentDescription> positionals;
  std::vector<CommandDescription> commands;
};

/// Reads the definition of the command line, so that help, completions and the test of the man
/// pages cannot drift from what is parsed. Hidden subcommands are left out.
CommandDescription describe(const CLI::App& app);

/// The description as one JSON object:
/// {"name","summary","options":[{"names":[…],"value","choices":[…],"summary"}…],
///  "positionals":[…],"commands":[…]}
std::string description_json(const CommandDescription& program);

}  // namespace usagectl
