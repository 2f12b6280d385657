#include <memory>

#include "cli/command.hpp"
#include "cli/report_options.hpp"
#include "cli/report_writer.hpp"
#include "model/finding.hpp"
#include "render/list_render.hpp"

namespace usagectl {
namespace {

Run set_up(CLI::App& app) {
  const auto options = std::make_shared<ReportOptions>();
  add_report_options(app, *options);
  return [options](World& world) {
    ListOfThings list{"usagectl.rules/1", "rules", {"id", "holds when"}, {}};
    for (std::size_t i = 0; i < kRuleCount; ++i) {
      const auto rule = static_cast<Rule>(i);
      list.rows.push_back({std::string(name_of(rule)), std::string(meaning_of(rule))});
    }
    ReportWriter writer(world, options->output);
    writer.write(render(list, options->output_format(), options->style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_rules;
const Command command_rules{"rules", "List the rules that reconcile checks", set_up};

}  // namespace usagectl
