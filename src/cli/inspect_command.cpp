#include <memory>

#include "analysis/inspect.hpp"
#include "analysis/read_captures.hpp"
#include "cli/command.hpp"
#include "cli/problems.hpp"
#include "cli/report_options.hpp"
#include "cli/report_writer.hpp"
#include "render/inspect_render.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
};

ExitCode run_inspect(const Options& options, World& world) {
  options.capture.prepare();
  ReportWriter writer(world, options.report.output);
  Inspector inspector;
  Collector collected = read_captures(options.capture.named_paths(), inspector.question(), options.capture.reading(world));
  const InspectReport report = inspector.report(collected);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  return say_problems(report.intake, world);
}

Run set_up(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  add_capture_options(app, options->capture);
  add_report_options(app, options->report);
  return [options](World& world) { return run_inspect(*options, world); };
}

}  // namespace

extern const Command command_inspect;
const Command command_inspect{"inspect", "Tell what each count means, and with what evidence", set_up};

}  // namespace usagectl
