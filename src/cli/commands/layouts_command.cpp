#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"
#include "formats/layouts/builtin_layouts.hpp"
#include "formats/layouts/layout_text.hpp"
#include "render/list_render.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

/// The whole layouts: each entry is a layout file.
std::string layouts_json() {
  nlohmann::ordered_json layouts = nlohmann::ordered_json::array();
  for (const auto& layout : builtin_layouts())
    layouts.push_back(nlohmann::ordered_json::parse(layout_text(*layout)));
  return json_text({{"schema", "usagectl.layouts/1"}, {"layouts", std::move(layouts)}});
}

ListOfThings list_of_layouts() {
  ListOfThings list{"usagectl.layouts/1", "layouts", {"id", "description"}, {}};
  for (const auto& layout : builtin_layouts())
    list.rows.push_back({layout->id, layout->description});
  return list;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<ReportOptions>();
  add_report_options(set, *options);
  return [options](World& world) {
    ReportWriter writer(world, options->file());
    const OutputFormat format = options->output_format();
    writer.write(format == OutputFormat::json
                     ? layouts_json()
                     : render(list_of_layouts(), format, options->style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_layouts;
const Command command_layouts{"layouts", "List the built-in layouts of logs", set_up};

}  // namespace usagectl
