#include <filesystem>
#include <memory>
#include <optional>

#include "analysis/contract.hpp"
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
  std::string contract;
  bool require_proof = false;
};

ExitCode verdict_of(const ReconcileReport& report, bool strict) {
  if (report.verdict == Verdict::fail) return ExitCode::findings;
  return strict && report.failed > 0 ? ExitCode::findings : ExitCode::clean;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
  return names;
}

/// Empty when it cannot be told: names then stay as they were given.
std::string current_folder() {
  std::error_code fault;
  return std::filesystem::current_path(fault).string();
}

ExitCode run_reconcile(const Options& options, World& world) {
  options.capture.use_dialects();
  ReportWriter writer(world, options.report.output);
  std::optional<Contract> contract;
  if (!options.contract.empty()) contract = load_contract(options.contract);
  Side side;
  Question question = reconcile_question();
  if (contract) question.on_record = side.question().on_record;
  Collector collected = read_captures(options.capture.named_paths(), std::move(question), options.capture.reading());
  bool is_proved = true;
  if (contract) {
    const ContractReport kept = check_contract(std::move(side), *contract);
    is_proved = kept.verdict != Likeness::undetermined;
    for (Finding& finding : contract_findings(kept)) collected.finding(std::move(finding));
  }
  ReconcileReport report = reconcile(collected);
  report.folder = current_folder();
  writer.write(reconcile_format(options.report.format)->write(report, options.report.style(world)));
  writer.finish();
  Intake intake = report.intake;
  intake.warnings.clear();  // the report holds them as findings
  ExitCode verdict = verdict_of(report, options.strict);
  if (options.require_proof && !is_proved) verdict = worse(verdict, ExitCode::findings);
  return worse(verdict, say_problems(intake, world));
}

Run set_up(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  add_capture_options(app, options->capture);
  app.add_flag("--strict", options->strict, "Let warnings decide the exit status as errors do");
  app.add_option("--contract", options->contract, "Hold the captures against a contract as well: provider-raw, or a file")
      ->type_name("NAME|FILE");
  app.add_flag("--require-proof", options->require_proof, "Let a contract that is not proved decide the exit status");
  add_report_options(app, options->report, format_names());
  return [options](World& world) { return run_reconcile(*options, world); };
}

}  // namespace

extern const Command command_reconcile;
const Command command_reconcile{"reconcile", "Prove or refute every total that the files claim", set_up};

}  // namespace usagectl
