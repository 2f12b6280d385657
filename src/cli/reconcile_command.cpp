#include <memory>

#include "analysis/read_captures.hpp"
#include "analysis/reconcile.hpp"
#include "cli/command.hpp"
#include "cli/problems.hpp"
#include "cli/report_options.hpp"
#include "cli/report_writer.hpp"
#include "render/reconcile_render.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  bool strict = false;
};

ExitCode verdict_of(const ReconcileReport& report, bool strict) {
  if (report.verdict == Verdict::fail) return ExitCode::findings;
  return strict && report.failed > 0 ? ExitCode::findings : ExitCode::clean;
}

ExitCode run_reconcile(const Options& options, World& world) {
  options.capture.use_dialects();
  ReportWriter writer(world, options.report.output);
  Collector collected = read_captures(options.capture.named_paths(), reconcile_question(),
                                      {.dedupe = options.capture.dedupe});
  const ReconcileReport report = reconcile(collected);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  Intake intake = report.intake;
  intake.warnings.clear();  // the report holds them as findings
  return worse(verdict_of(report, options.strict), say_problems(intake, world));
}

Run set_up(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  add_capture_options(app, options->capture);
  app.add_flag("--strict", options->strict, "Let warnings decide the exit status as errors do");
  add_report_options(app, options->report);
  return [options](World& world) { return run_reconcile(*options, world); };
}

}  // namespace

extern const Command command_reconcile;
const Command command_reconcile{"reconcile", "Prove or refute every total that the files claim", set_up};

}  // namespace usagectl
