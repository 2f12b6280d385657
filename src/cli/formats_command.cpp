#include <memory>

#include "cli/command.hpp"
#include "cli/report_options.hpp"
#include "cli/report_writer.hpp"
#include "formats/format.hpp"
#include "render/list_render.hpp"

namespace usagectl {
namespace {

Run set_up(CLI::App& app) {
  const auto options = std::make_shared<ReportOptions>();
  add_report_options(app, *options);
  return [options](World& world) {
    ListOfThings list{"usagectl.formats/1", "formats", {"id", "description"}, {}};
    for (const Format* format : formats()) {
      list.rows.push_back({std::string(format->id), std::string(format->description)});
    }
    ReportWriter writer(world, options->output);
    writer.write(render(list, options->output_format(), options->style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_formats;
const Command command_formats{"formats", "List the file layouts that are known", set_up};

}  // namespace usagectl
