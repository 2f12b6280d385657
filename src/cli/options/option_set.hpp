#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace usagectl {

struct CommandDescription;

/// The value of an option.
struct OptionValue {
  std::string name = {};                      ///< placeholder in the help: "FILE"
  std::vector<std::string> choices = {};      ///< the only values; empty = any
  std::vector<std::string> suggestions = {};  ///< for completions: some of many values
  /// Says why a value is invalid; empty when it is valid.
  std::string (*check)(const std::string& value) = nullptr;
  char separator = '\0';           ///< between values in one argument; '\0' = none
  bool one_for_each_name = false;  ///< of a list: a path may follow the value
  std::string default_text = {};   ///< for the help: "one per processor"
  bool is_required = false;
};

/// The options of one subcommand: a handle that is passed by value. It stands between the commands
/// and CLI11, whose headers cost several seconds in every file that includes them.
class OptionSet {
 public:
  explicit OptionSet(CLI::App& app) : app_(&app) {}

  /// Declares an option, `--name` or `-n,--name`, or with a bare name a positional argument. The
  /// variable must stay where it is until the run is over.
  void add(const std::string& name, std::string& variable, const std::string& summary,
           const OptionValue& value) const;
  void add(const std::string& name, std::vector<std::string>& variable, const std::string& summary,
           const OptionValue& value) const;
  void add_flag(const std::string& name, bool& variable, const std::string& summary) const;

  /// Name of the subcommand.
  std::string command() const;
  /// The whole command line that the subcommand belongs to.
  CommandDescription program() const;

  bool has(const std::string& name) const;
  /// Whether it has a value from the command line or from give().
  bool is_given(const std::string& name) const;
  /// Gives an option that the subcommand has these values, before those that it has already.
  /// Returns why they are invalid; empty when they are valid.
  std::string give(const std::string& name, const std::vector<std::string>& values) const;
  /// Takes back every value, as far as is_given() can tell.
  void take_back(const std::string& name) const;

 private:
  CLI::App* app_;
};

}  // namespace usagectl
