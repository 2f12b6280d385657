#include "cli/commands/list_command.hpp"

#include <memory>
#include <utility>

#include "cli/options/report_options.hpp"
#include "cli/output/report_writer.hpp"

namespace usagectl {

Run set_up_list(OptionSet set, std::function<ListOfThings()> list) {
  const auto options = std::make_shared<ReportOptions>();
  add_report_options(set, *options);
  return [options, list = std::move(list)](World& world) {
    ReportWriter writer(world, options->file());
    writer.write(render(list(), options->output_format(), options->style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace usagectl
