#include "cli/options/project_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "cli/options/project_file_reader.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSettings = {
    KnownSetting{"paths", "PATH", SettingKind::paths, "", "the current folder"},
    KnownSetting{"dialects", "--dialects", SettingKind::path, "", ""},
    KnownSetting{"layout", "--layout", SettingKind::path, "", ""},
    KnownSetting{"dedupe", "--dedupe", SettingKind::flag, "", "false"},
    KnownSetting{"threads", "--threads", SettingKind::number, "", "one for each processor"},
    KnownSetting{"format", "--format", SettingKind::text, "", "table; json for records"},
    KnownSetting{"contract", "--contract", SettingKind::contract, "reconcile", ""},
    KnownSetting{"require_proof", "--require-proof", SettingKind::flag, "reconcile", "false"},
    KnownSetting{"rules", "--rule", SettingKind::levels, "reconcile",
                 "each finding keeps its severity"},
    KnownSetting{"strict", "--strict", SettingKind::flag, "reconcile", "false"},
    KnownSetting{"fail_on", "--fail-on", SettingKind::text, "reconcile", "error"},
    KnownSetting{"reports", "--report", SettingKind::reports, "reconcile", ""},
    KnownSetting{"baseline", "--baseline", SettingKind::path, "reconcile", ""},
};

/// The nearest project file from the current folder upward, as a path from there:
/// "../.usagectl.json".
std::optional<std::string> find_upward() {
  std::error_code fault;
  fs::path folder = fs::current_path(fault);
  if (fault) return std::nullopt;
  std::string path = kProjectFileName;
  while (true) {
    if (fs::exists(folder / kProjectFileName, fault)) return path;
    if (folder == folder.parent_path()) return std::nullopt;
    folder = folder.parent_path();
    path.insert(0, "../");
  }
}

/// Whether the command line says itself what the setting is about.
bool is_overruled(const Setting& setting, OptionSet set) {
  const std::string_view key = setting.known->key;
  // The two are one question; who answers it one way does not want the other answer kept.
  if (key == "strict" || key == "fail_on")
    return set.is_given("--strict") || set.is_given("--fail-on");
  // Levels are given rule by rule.
  return key != "rules" && set.is_given(std::string(setting.known->option));
}

}  // namespace

std::span<const KnownSetting> known_settings() { return kSettings; }

const Setting* ProjectFile::setting(std::string_view key) const {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& setting) {
    return setting.known->key == key;
  });
  return found == settings.end() ? nullptr : &*found;
}

std::optional<ProjectFile> ProjectOptions::load() const {
  if (none && !file.empty())
    throw ProjectFileError("--config names a project file and --no-config wants none");
  if (none) return std::nullopt;
  if (!file.empty()) return load_project_file(file);
  const auto found = find_upward();
  if (!found) return std::nullopt;
  return load_project_file(*found);
}

void add_project_options(OptionSet set, ProjectOptions& options) {
  set.add("--config", options.file,
          "Take settings from FILE, not from the nearest .usagectl.json upward", {.name = "FILE"});
  set.add_flag("--no-config", options.none, "Take settings from no project file");
}

ProjectFile load_project_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw ProjectFileError(fmt::format("{}: cannot be read: {}", path,
                                       errno == 0 ? "no text in it" : std::strerror(errno)));
  }
  return {path, read_project_settings(text.str(), path)};
}

void apply_project_file(const ProjectFile& project, OptionSet set) {
  // What is given below must not be taken for the command line's.
  std::vector<const Setting*> applied;
  for (const Setting& setting : project.settings) {
    const std::string_view command = setting.known->command;
    if ((command.empty() || command == set.command()) && !is_overruled(setting, set))
      applied.push_back(&setting);
  }
  for (const Setting* const setting : applied) {
    const std::string option(setting->known->option);
    if (!set.has(option)) continue;
    // What the command line says of a rule comes last and holds.
    const std::string fault = set.give(option, setting->values);
    if (fault.empty()) continue;
    // reconcile has formats that the others do not; they keep their own.
    if (setting->known->key == "format") {
      set.take_back(option);
      continue;
    }
    throw ProjectFileError(
        fmt::format("{}:{}: {}: {}", project.path, setting->line, setting->known->key, fault));
  }
}

}  // namespace usagectl
