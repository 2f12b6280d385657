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

bool is_given(const CLI::App& app, const std::string& option) {
  const CLI::Option* const known = app.get_option_no_throw(option);
  return known != nullptr && known->count() > 0;
}

/// Whether the command line says itself what the setting is about.
bool is_overruled(const Setting& setting, const CLI::App& app) {
  const std::string_view key = setting.known->key;
  // The two are one question; who answers it one way does not want the other answer kept.
  if (key == "strict" || key == "fail_on")
    return is_given(app, "--strict") || is_given(app, "--fail-on");
  // Levels are given rule by rule.
  return key != "rules" && is_given(app, std::string(setting.known->option));
}

void give(const Setting& setting, CLI::Option& option) {
  // What the command line says of a rule comes last and holds.
  const std::vector<std::string> given = option.results();
  option.clear();
  for (const std::string& value : setting.values) option.add_result(value);
  for (const std::string& value : given) option.add_result(value);
  option.run_callback();
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

void add_project_options(CLI::App& app, ProjectOptions& options) {
  app.add_option("--config", options.file,
                 "Take settings from FILE, not from the nearest .usagectl.json upward")
      ->type_name("FILE");
  app.add_flag("--no-config", options.none, "Take settings from no project file");
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

void apply_project_file(const ProjectFile& project, CLI::App& app) {
  // What is given below must not be taken for the command line's.
  std::vector<const Setting*> applied;
  for (const Setting& setting : project.settings) {
    const std::string_view command = setting.known->command;
    if ((command.empty() || command == app.get_name()) && !is_overruled(setting, app))
      applied.push_back(&setting);
  }
  for (const Setting* const setting : applied) {
    CLI::Option* const option = app.get_option_no_throw(std::string(setting->known->option));
    if (option == nullptr) continue;
    try {
      give(*setting, *option);
    } catch (const CLI::Error& error) {
      // reconcile has formats that the others do not; they keep their own.
      if (setting->known->key == "format") {
        option->clear();
        continue;
      }
      throw ProjectFileError(fmt::format("{}:{}: {}: {}", project.path, setting->line,
                                         setting->known->key, error.what()));
    }
  }
}

}  // namespace usagectl
