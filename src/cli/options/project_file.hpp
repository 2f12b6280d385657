#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/input_error.hpp"
#include "cli/options/option_set.hpp"

namespace usagectl {

inline constexpr char kProjectFileName[] = ".usagectl.json";

/// The type of a setting.
enum class SettingKind : std::uint8_t {
  flag,
  number,
  text,
  path,
  contract,  ///< the name of a built-in contract, or a path
  paths,
  reports,  ///< a list of FORMAT=FILE
  levels,   ///< an object: a level for each rule
  budgets,  ///< an object: a number for each counter
};

/// A setting of project files: an option under another name.
struct KnownSetting {
  std::string_view key;
  std::string_view option;  ///< of the subcommands that have it
  SettingKind kind;
  std::string_view command;  ///< the only subcommand it is for; empty = all that read captures
  std::string_view without;  ///< the default, as shown to people
};

std::span<const KnownSetting> known_settings();

/// A setting in a file.
struct Setting {
  const KnownSetting* known = nullptr;
  std::vector<std::string> values;  ///< as the option takes them; paths from the current folder
  std::uint64_t line = 0;
  bool is_applied = false;  ///< to the options of the running subcommand
};

struct ProjectFile {
  std::string path;  ///< as seen from the current folder
  std::vector<Setting> settings;

  const Setting* setting(std::string_view key) const;
  /// ".usagectl.json:4".
  std::string place_of(const Setting& setting) const;
};

/// The options that choose the project file.
struct ProjectOptions {
  std::string file;
  bool none = false;

  /// The named file, or else the nearest one from the current folder upward, which must keep within
  /// check_limits(). Nothing if there is none or --no-config is given. Throws InputError.
  std::optional<ProjectFile> load() const;
};

void add_project_options(OptionSet set, ProjectOptions& options);

/// Reads a project file that the user named. Throws InputError.
ProjectFile load_project_file(const std::string& path);

/// Sets the options of a subcommand from the settings that apply to it and that the command line
/// does not override. Marks the settings applied. Throws InputError.
void apply_project_file(ProjectFile& project, OptionSet set);

}  // namespace usagectl
