#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options/option_set.hpp"

namespace usagectl {

inline constexpr char kProjectFileName[] = ".usagectl.json";

/// A project file that cannot be used, with the place in it.
struct ProjectFileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a setting of a project file looks like.
enum class SettingKind : std::uint8_t {
  flag,
  number,
  text,
  path,
  contract,  ///< the name of a built-in one, else a path
  paths,
  reports,  ///< a list of FORMAT=FILE
  levels,   ///< an object of rule and level
};

/// A setting that a project file may hold: an option under another name.
struct KnownSetting {
  std::string_view key;
  std::string_view option;  ///< of the subcommands that have it
  SettingKind kind;
  std::string_view command;  ///< the only one it is for; empty = all that read captures
  std::string_view without;  ///< what holds without it, for people
};

std::span<const KnownSetting> known_settings();

/// A setting as it stands in a file.
struct Setting {
  const KnownSetting* known = nullptr;
  std::vector<std::string> values;  ///< as the option takes them, paths from the current folder
  std::uint64_t line = 0;
};

struct ProjectFile {
  std::string path;  ///< as seen from the current folder
  std::vector<Setting> settings;

  const Setting* setting(std::string_view key) const;
};

/// The options that say which project file counts.
struct ProjectOptions {
  std::string file;
  bool none = false;

  /// The file named, else the first one found from the current folder upward; none where there is
  /// none or none is wanted. Throws ProjectFileError.
  std::optional<ProjectFile> load() const;
};

void add_project_options(OptionSet set, ProjectOptions& options);

/// Reads a project file. Throws ProjectFileError.
ProjectFile load_project_file(const std::string& path);

/// Gives the options of a subcommand the settings that apply to it, where the command line does not
/// give them itself. Throws ProjectFileError.
void apply_project_file(const ProjectFile& project, OptionSet set);

}  // namespace usagectl
