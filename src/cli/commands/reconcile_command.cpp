#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/checks/baseline.hpp"
#include "analysis/meaning/contract.hpp"
#include "analysis/reconcile.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/judgement_options.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_set.hpp"
#include "cli/output/report_writer.hpp"
#include "ledger/read_captures.hpp"
#include "render/reconcile/baseline_json.hpp"
#include "render/reconcile/reconcile_render.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  JudgementOptions judgement;
  std::vector<std::string> reports;
  bool main_is_asked_for = false;  ///< --format or -o stands on the command line
  std::string contract;
  bool require_proof = false;
  std::string baseline;
  std::string write_baseline;
};

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

/// The main report first. It makes room on standard output for a --report that asks for it, unless
/// the main one was asked for as well.
std::vector<ReportRequest> requests_of(const Options& options) {
  std::vector<ReportRequest> requests;
  bool stdout_is_asked_for = false;
  for (const std::string& text : options.reports) {
    requests.push_back(parse_report_request(text));
    stdout_is_asked_for = stdout_is_asked_for || requests.back().path.empty();
  }
  if (options.main_is_asked_for || !stdout_is_asked_for) {
    requests.insert(requests.begin(),
                    {reconcile_format(options.report.format), options.report.output});
  }
  return requests;
}

Style style_for(const ReportRequest& request, const Options& options, const World& world) {
  ReportOptions report = options.report;
  report.output = request.path;
  return report.style(world);
}

/// Reads the captures and checks what they claim, and the contract where there is one.
ReconcileReport report_of(const Options& options, const Knowledge& knowledge, World& world,
                          const std::optional<Contract>& contract, bool& is_proved) {
  Side side(*knowledge.catalogue);
  Question question = reconcile_question();
  if (contract) question.on_record = side.question().on_record;
  const ReadOptions reading = options.capture.reading(world, knowledge);
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  if (contract) {
    const ContractReport kept = check_contract(std::move(side), *contract);
    is_proved = kept.verdict != Likeness::undetermined;
    for (Finding& finding : contract_findings(kept)) books.findings.push_back(std::move(finding));
  }
  ReconcileReport report = reconcile(books, {reading.threads, false, &knowledge});
  report.folder = current_folder();
  return report;
}

ExitCode run_reconcile(const Options& options, World& world) {
  options.capture.prepare();
  const Knowledge knowledge = options.capture.knowledge();
  std::vector<ReportRequest> requests = requests_of(options);
  std::vector<ReportRequest> places = requests;
  if (!options.write_baseline.empty()) places.push_back({nullptr, options.write_baseline});
  if (const std::string fault = check_report_requests(places); !fault.empty()) {
    say(world, fault);
    say(world, "try: usagectl reconcile --help");
    return ExitCode::trouble;
  }
  std::optional<Contract> contract;
  if (!options.contract.empty()) contract = load_contract(options.contract);
  std::optional<Baseline> baseline;
  if (!options.baseline.empty()) baseline = load_baseline(options.baseline);
  ReportSet reports(world, std::move(requests));
  std::optional<ReportWriter> new_baseline;
  if (!options.write_baseline.empty()) new_baseline.emplace(world, options.write_baseline);

  bool is_proved = true;
  ReconcileReport report = report_of(options, knowledge, world, contract, is_proved);
  apply_levels(options.judgement.levels(), report);
  if (baseline) accept_known(*baseline, report);

  if (new_baseline)
    new_baseline->write(json_text(baseline_json(make_baseline(report, options.write_baseline))));
  reports.write([&](const ReportRequest& request) {
    return request.format->write(report, style_for(request, options, world));
  });
  if (new_baseline) new_baseline->finish();

  Intake intake = report.intake;
  intake.warnings.clear();  // the report holds them as findings
  ExitCode verdict = report.verdict == Verdict::fail ? ExitCode::findings : ExitCode::clean;
  if (options.require_proof && !is_proved) verdict = worse(verdict, ExitCode::findings);
  return worse(verdict, say_problems(intake, world));
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_capture_options(set, options->capture);
  add_judgement_options(set, options->judgement);
  set.add("--baseline", options->baseline,
          "Accept the findings that FILE knows, and tell which of them are gone", {.name = "FILE"});
  set.add("--write-baseline", options->write_baseline,
          "Write all findings of this run to FILE, for --baseline", {.name = "FILE"});
  set.add("--contract", options->contract,
          "Hold the captures against a contract as well: provider-raw, or a file",
          {.name = "NAME|FILE"});
  set.add_flag("--require-proof", options->require_proof,
               "Let a contract that is not proved decide the exit status");
  add_report_options(set, options->report, format_names());
  set.add("--report", options->reports,
          "Write a further report in this format to FILE, - for standard output",
          {.name = "FORMAT=FILE", .check = check_report_request, .one_for_each_name = true});
  return [options, set](World& world) {
    // Asked before the project file is read, which may set --format as well.
    options->main_is_asked_for = set.is_given("--format") || set.is_given("--output");
    return run_reconcile(*options, world);
  };
}

}  // namespace

extern const Command command_reconcile;
const Command command_reconcile{"reconcile", "Prove or refute every total that the files claim",
                                set_up};

}  // namespace usagectl
