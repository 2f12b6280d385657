#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/command.hpp"
#include "cli/options/project_file.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"
#include "render/list_render.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

struct Options {
  ProjectOptions project;
  ReportOptions report;
};

ordered_json value_json(const Setting& setting) {
  switch (setting.known->kind) {
    case SettingKind::flag: return setting.values.front() == "true";
    case SettingKind::number: return ordered_json::parse(setting.values.front());
    case SettingKind::text:
    case SettingKind::path:
    case SettingKind::contract: return json_string(setting.values.front());
    case SettingKind::paths:
    case SettingKind::reports:
    case SettingKind::budgets:
    case SettingKind::levels: break;
  }
  ordered_json list = ordered_json::array();
  for (const std::string& value : setting.values) list.push_back(json_string(value));
  return list;
}

std::string as_json(const std::optional<ProjectFile>& project) {
  ordered_json settings = ordered_json::array();
  for (const KnownSetting& known : known_settings()) {
    const Setting* const setting = project ? project->setting(known.key) : nullptr;
    settings.push_back(
        {{"setting", known.key},
         {"value", setting != nullptr ? value_json(*setting) : ordered_json(nullptr)},
         {"from", setting != nullptr ? json_string(project->place_of(*setting))
                                     : ordered_json("default")}});
  }
  return json_text({{"schema", "usagectl.config/1"},
                    {"tool", tool_json()},
                    {"file", project ? json_string(project->path) : ordered_json(nullptr)},
                    {"settings", std::move(settings)}});
}

std::string as_table(const std::optional<ProjectFile>& project, const Style& style) {
  ListOfThings list{"usagectl.config/1", "settings", {"setting", "from", "value"}, {}};
  for (const KnownSetting& known : known_settings()) {
    const Setting* const setting = project ? project->setting(known.key) : nullptr;
    if (setting != nullptr) {
      list.rows.push_back({std::string(known.key), project->place_of(*setting),
                           fmt::format("{}", fmt::join(setting->values, " "))});
    } else {
      list.rows.push_back({std::string(known.key), "default",
                           known.without.empty() ? "-" : std::string(known.without)});
    }
  }
  const std::string file =
      project ? "project file: " + visible_text(project->path) : "no project file";
  return file + "\n\n" + render(list, OutputFormat::table, style);
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_project_options(set, options->project);
  add_report_options(set, options->report, {"table", "json"});
  return [options](World& world) {
    const auto project = options->project.load();
    ReportWriter writer(world, options->report.file());
    const bool is_json = options->report.output_format() == OutputFormat::json;
    writer.write(is_json ? as_json(project) : as_table(project, options->report.style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_config;
const Command command_config{"config", "Show the project file in use and its settings", set_up};

}  // namespace usagectl
