#include "cli/options/project_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "cli/options/project_file_limits.hpp"
#include "cli/options/project_file_reader.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSettings = {
    KnownSetting{"paths", "PATH", SettingKind::paths, "", "the current folder"},
    KnownSetting{"dialects", "--dialects", SettingKind::path, "", ""},
    KnownSetting{"layout", "--layout", SettingKind::path, "", ""},
    KnownSetting{"dedupe", "--dedupe", SettingKind::flag, "", "false"},
    KnownSetting{"threads", "--threads", SettingKind::number, "", "one per processor"},
    KnownSetting{"format", "--format", SettingKind::text, "", "table; json for records"},
    KnownSetting{"contract", "--contract", SettingKind::contract, "reconcile", ""},
    KnownSetting{"require_proof", "--require-proof", SettingKind::flag, "reconcile", "false"},
    KnownSetting{"rules", "--rule", SettingKind::levels, "reconcile",
                 "each finding keeps its severity"},
    KnownSetting{"strict", "--strict", SettingKind::flag, "reconcile", "false"},
    KnownSetting{"fail_on", "--fail-on", SettingKind::text, "reconcile", "error"},
    KnownSetting{"max", "--max", SettingKind::budgets, "reconcile", ""},
    KnownSetting{"min", "--min", SettingKind::budgets, "reconcile", ""},
    KnownSetting{"expect", "--expect", SettingKind::budgets, "reconcile", ""},
    KnownSetting{"per", "--per", SettingKind::text, "reconcile", "all records together"},
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

/// Whether the command line overrides a setting.
bool is_overridden(const Setting& setting, OptionSet set) {
  const std::string_view key = setting.known->key;
  // Two ways to set the same thing: either one replaces both.
  if (key == "strict" || key == "fail_on")
    return set.is_given("--strict") || set.is_given("--fail-on");
  // Levels are set rule by rule, budgets counter by counter.
  const bool adds = key == "rules" || setting.known->kind == SettingKind::budgets;
  return !adds && set.is_given(std::string(setting.known->option));
}

}  // namespace

std::span<const KnownSetting> known_settings() { return kSettings; }

const Setting* ProjectFile::setting(std::string_view key) const {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& setting) {
    return setting.known->key == key;
  });
  return found == settings.end() ? nullptr : &*found;
}

std::string ProjectFile::place_of(const Setting& setting) const {
  return fmt::format("{}:{}", path, setting.line);
}

std::optional<ProjectFile> ProjectOptions::load() const {
  if (none && !file.empty())
    throw InputError("--config FILE and --no-config contradict each other");
  if (none) return std::nullopt;
  if (!file.empty()) return load_project_file(file);
  const auto found = find_upward();
  if (!found) return std::nullopt;
  const char* const home = std::getenv("HOME");
  check_place(*found, home == nullptr ? "" : home);
  const ProjectFile project = {
      *found, read_project_settings(read_limited_project_file(*found, true), *found)};
  check_limits(project);
  return project;
}

void add_project_options(OptionSet set, ProjectOptions& options) {
  set.add("--config", options.file, "Take settings from FILE",
          {.name = "FILE", .default_text = "the nearest .usagectl.json upward"});
  set.add_flag("--no-config", options.none, "Ignore project files");
}

ProjectFile load_project_file(const std::string& path) {
  return {path, read_project_settings(read_limited_project_file(path, false), path)};
}

void apply_project_file(ProjectFile& project, OptionSet set) {
  // Decided for all before any is applied: afterwards their options count as given.
  std::vector<Setting*> applied;
  for (Setting& setting : project.settings) {
    const std::string_view command = setting.known->command;
    if ((command.empty() || command == set.command()) && !is_overridden(setting, set))
      applied.push_back(&setting);
  }
  for (Setting* const setting : applied) {
    const std::string option(setting->known->option);
    if (!set.has(option)) continue;
    // A rule on the command line comes last and wins.
    const std::string fault = set.give(option, setting->values);
    setting->is_applied = fault.empty();
    if (fault.empty()) continue;
    // reconcile has formats that the others do not; they keep their own.
    if (setting->known->key == "format") {
      set.take_back(option);
      continue;
    }
    throw InputError(
        fmt::format("{}: {}: {}", project.place_of(*setting), setting->known->key, fault));
  }
}

}  // namespace usagectl
