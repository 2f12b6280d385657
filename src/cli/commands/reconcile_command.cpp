#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/bill/compare_bill.hpp"
#include "analysis/checks/baseline.hpp"
#include "analysis/checks/budgets.hpp"
#include "analysis/checks/report_places.hpp"
#include "analysis/checks/verdict.hpp"
#include "analysis/diff/contract.hpp"
#include "analysis/prices/cost_checks.hpp"
#include "analysis/reconcile.hpp"
#include "base/text_file.hpp"
#include "base/utc_time.hpp"
#include "capture/find_lines.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/budget_options.hpp"
#include "cli/options/judgement_options.hpp"
#include "cli/options/report_options.hpp"
#include "cli/options/time_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_set.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/read_captures.hpp"
#include "render/reconcile/baseline_json.hpp"
#include "render/reconcile/reconcile_render.hpp"
#include "render/text/json_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  JudgementOptions judgement;
  BudgetOptions budgets;
  std::vector<std::string> reports;
  bool main_is_requested = false;  ///< --format or -o is on the command line
  std::string contract;
  std::vector<std::string> against;
  bool require_proof = false;
  bool cost = false;
  std::string prices;
  std::string baseline;
  std::string write_baseline;
  std::string limit;  ///< a number; empty = no limit
  bool counts_only = false;
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
  return names;
}

std::vector<std::string> beginnings_of_reports() {
  std::vector<std::string> beginnings;
  for (const std::string& name : format_names()) beginnings.push_back(name + "=");
  return beginnings;
}

/// Empty when it is unknown: names then stay as they were given.
std::string current_folder() {
  std::error_code fault;
  return std::filesystem::current_path(fault).string();
}

Style style_for(const ReportRequest& request, const Options& options, const World& world) {
  ReportOptions report = options.report;
  report.output = request.path;
  return report.style(world);
}

/// The files that the run writes, checked against each other and against its inputs.
std::vector<std::string> outputs_of(const Options& options,
                                    const std::vector<ReportRequest>& requests) {
  std::vector<std::string> outputs;
  for (const ReportRequest& request : requests) outputs.push_back(request.path);
  std::vector<std::string> inputs = options.capture.inputs();
  inputs.push_back(options.contract);
  inputs.insert(inputs.end(), options.against.begin(), options.against.end());
  if (!options.write_baseline.empty()) outputs.push_back(destination(options.write_baseline));
  check_destinations(outputs, inputs);
  // A baseline may be replaced by the next one, but not by a report.
  std::vector<std::string> report_files = outputs;
  if (!options.write_baseline.empty()) report_files.pop_back();
  check_destinations(report_files, {options.baseline});
  return outputs;
}

/// The findings are about a file of the run if their place is one, else about one that comes last.
void add_budgets(const BudgetResult& kept, const std::string& place, ReconcileReport& report) {
  report.passed += kept.passed;
  report.unprovable += kept.unprovable;
  if (kept.findings.empty()) return;
  const auto known = std::find(report.files.begin(), report.files.end(), place);
  const auto file = static_cast<FileId>(known - report.files.begin());
  if (known == report.files.end()) {
    report.files.push_back(place);
    report.file_uses.push_back(FileUse::read);
  }
  for (Finding finding : kept.findings) {
    finding.place.file = file;
    report.findings.push_back(std::move(finding));
  }
}

/// Compares the logs with the reports of the provider. The findings are about the reports.
void add_bill(ReconcileReport& report, const LoggedUsage& logged, const BilledUsage& billed,
              const Intake& intake) {
  report.intake.problems.insert(report.intake.problems.end(), intake.problems.begin(),
                                intake.problems.end());
  // What cannot be read says nothing about the logs.
  const BillComparison compared =
      billed.reports.empty() ? BillComparison() : compare_bill(billed, logged);
  const auto first = static_cast<FileId>(report.files.size());
  report.files.insert(report.files.end(), billed.files.begin(), billed.files.end());
  report.file_uses.resize(report.files.size(), FileUse::read);
  for (Finding finding : compared.findings) {
    finding.place.file += first;
    report.findings.push_back(std::move(finding));
  }
  report.passed += compared.held;
  report.unprovable += compared.unprovable;
  judge(report);
}

/// Costs that records state and that no price gives.
void add_costs(CheckedCosts&& checked, ReconcileReport& report) {
  report.passed += checked.held;
  report.unprovable += checked.unproven;
  for (Finding& finding : checked.findings) report.findings.push_back(std::move(finding));
  judge(report);
}

PriceTable prices_of(const Options& options) {
  PriceTable table = PriceTable::builtin();
  if (!options.prices.empty())
    table.put_first(PriceTable::parse(read_text_file(options.prices), options.prices));
  return table;
}

/// Reads the captures and checks their claims, and the contract if there is one.
ReconcileReport report_of(const Options& options, const Knowledge& knowledge, World& world,
                          const std::optional<Contract>& contract, const Budgets& budgets,
                          const std::vector<std::string>& outputs, bool& is_proved) {
  Side side(*knowledge.catalogue);
  Question question = reconcile_question();
  if (!budgets.per.empty()) question.by = {budgets.per};
  if (!budgets.per.empty()) question.zone = time_zone_named(options.budgets.zone);
  const PriceTable prices = options.cost ? prices_of(options) : PriceTable();
  CostChecks costs(prices);
  if (contract) question.on_record = side.question().on_record;
  if (options.cost) {
    question.keeps_record_uses = true;
    question.on_record = [&costs, others = question.on_record](const UsageRecord& record) {
      costs.note(record);
      if (others) others(record);
    };
  }
  const ReadOptions reading = options.capture.reading(world, knowledge);
  BillReader bill(knowledge);
  std::optional<Books> reports;
  BilledUsage billed;
  if (!options.against.empty()) {
    reports = read_captures(options.against, bill.question(), reading);
    if (const auto& other = bill.not_a_report()) {
      throw UsageError(
          fmt::format("--against: {} is not a usage report of a provider; its format is {}",
                      reports->file_names[other->file], other->format));
    }
    check_destinations_against(*reports, outputs);
    billed = bill.finish(*reports);
    if (billed.reports.empty() && reports->intake.problems.empty())
      throw UsageError("--against: no usage report of a provider in " + options.against.front());
    question.by = keys_of_logged_usage(billed);
  }
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  check_destinations_against(books, outputs);
  if (contract) {
    const ContractReport contracted = check_contract(std::move(side), *contract);
    is_proved = contracted.verdict != Likeness::undetermined;
    for (Finding& finding : contract_findings(contracted))
      books.findings.push_back(std::move(finding));
  }
  std::optional<LoggedUsage> logged;
  if (reports) logged = logged_usage(books);
  const BudgetResult kept = budgets.list.empty() ? BudgetResult{} : check_budgets(budgets, books);
  CheckedCosts checked_costs = options.cost ? costs.finish(books) : CheckedCosts();
  ReconcileReport report = reconcile(books, {reading.threads, false, &knowledge});
  if (options.cost) add_costs(std::move(checked_costs), report);
  if (reports) add_bill(report, *logged, billed, reports->intake);
  add_budgets(kept, budgets.place, report);
  report.folder = current_folder();
  return report;
}

/// The line of the project file that switched findings off; empty if the command line did it.
std::string place_of_rules(const ProjectFile& project, const JudgementOptions& judgement,
                           const ReconcileReport& report) {
  const Setting* const setting = project.setting("rules");
  if (setting == nullptr || !setting->is_applied) return {};
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const std::string rule = fmt::format("{}=", name_of(static_cast<Rule>(i)));
    const auto names_rule = [&](const std::string& text) { return text.starts_with(rule); };
    // The project file comes first in the list, the command line follows and wins.
    const auto command_line =
        judgement.rules.begin() + static_cast<std::ptrdiff_t>(setting->values.size());
    if (report.switched_off[i] > 0 &&
        std::none_of(command_line, judgement.rules.end(), names_rule)) {
      return project.place_of(*setting);
    }
  }
  return {};
}

/// Names the files that were written because of the project file.
void say_written(const ProjectFile& project, World& world) {
  const Setting* const setting = project.setting("reports");
  if (setting == nullptr || !setting->is_applied) return;
  for (const std::string& text : setting->values) {
    const std::string file = parse_report_request(text).path;
    if (!file.empty())
      say(world,
          visible_text(fmt::format("wrote {}, as {} asks", file, project.place_of(*setting))));
  }
}

/// Findings about budgets are about the file that sets them, or else about what was read.
std::string place_of_budgets(const Options& options, const std::optional<ProjectFile>& project) {
  if (project) {
    for (const std::string_view key : {"max", "min", "expect"}) {
      const Setting* const setting = project->setting(key);
      if (setting != nullptr && setting->is_applied) return project->path;
    }
  }
  return options.capture.named_paths().front();
}

ExitCode run_reconcile(const Options& options, World& world) {
  if (!options.prices.empty() && !options.cost) throw UsageError("--prices needs --cost");
  // The one sums the logs by hour and model, the other by what a person asks for.
  if (!options.against.empty() && !options.budgets.per.empty())
    throw UsageError("--against and --per need a run each");
  const std::optional<ProjectFile> project = options.capture.prepare();
  const Knowledge knowledge = options.capture.knowledge();
  std::vector<ReportRequest> requests =
      all_requests({reconcile_format(options.report.format), options.report.file()},
                   options.main_is_requested, options.reports);
  const std::vector<std::string> outputs = outputs_of(options, requests);
  std::optional<Contract> contract;
  if (!options.contract.empty()) contract = load_contract(options.contract);
  const Budgets budgets = options.budgets.budgets(place_of_budgets(options, project));
  std::optional<Baseline> baseline;
  if (!options.baseline.empty()) baseline = load_baseline(options.baseline);
  ReportSet reports(world, std::move(requests));
  std::optional<ReportWriter> new_baseline;
  if (!options.write_baseline.empty())
    new_baseline.emplace(world, destination(options.write_baseline));

  bool is_proved = true;
  ReconcileReport report =
      report_of(options, knowledge, world, contract, budgets, outputs, is_proved);
  // What the baseline accepts is not switched off as well.
  if (baseline) accept_known(*baseline, utc_time_of(world.now_seconds).substr(0, 10), report);
  apply_levels(options.judgement.levels(), report);
  if (project) report.switched_off_by = place_of_rules(*project, options.judgement, report);
  find_lines(report.files, places_of(report), *options.capture.kept);
  report.most_causes = parse_number(options.limit).value_or(0);
  report.counts_only = options.counts_only;

  if (new_baseline)
    new_baseline->write(json_text(baseline_json(make_baseline(report, options.write_baseline))));
  reports.write([&](const ReportRequest& request) {
    return request.format->write(report, style_for(request, options, world));
  });
  if (new_baseline) new_baseline->finish();
  if (project) say_written(*project, world);

  Intake intake = report.intake;
  intake.warnings.clear();  // they are findings in the report
  ExitCode verdict = report.verdict == Verdict::fail ? ExitCode::findings : ExitCode::clean;
  const bool is_proved_so_far = report.verdict == Verdict::pass && report.has_checked_something();
  if (options.judgement.fails_unprovable() && !is_proved_so_far) verdict = ExitCode::findings;
  if (options.require_proof && !is_proved) verdict = worse(verdict, ExitCode::findings);
  return worse(verdict, say_problems(intake, world));
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_judgement_options(set, options->judgement);
  add_budget_options(set, options->budgets);
  set.add("--baseline", options->baseline,
          "Accept the findings in FILE; list those that are resolved", {.name = "FILE"});
  set.add("--write-baseline", options->write_baseline,
          "Write all findings of this run to FILE, for --baseline", {.name = "FILE"});
  set.add("--contract", options->contract,
          "Check the captures against a contract too: provider-raw or a file",
          {.name = "NAME|FILE", .suggestions = builtin_contracts()});
  set.add("--against", options->against,
          "Compare the logs with the provider's usage report in FILE, by time and model",
          {.name = "FILE", .one_for_each_name = true});
  set.add_flag("--cost", options->cost,
               "Compare the costs that records state with what they cost by the prices");
  set.add("--prices", options->prices, "Put the prices in FILE first", {.name = "FILE"});
  set.add_flag("--require-proof", options->require_proof,
               "Exit with 1 when the contract is not proved");
  set.add("--limit", options->limit, "Show at most N causes in the table, and count the rest",
          {.name = "N", .check = check_number});
  set.add_flag("--summary", options->counts_only,
               "Show how many findings there are of each rule and cause, without their blocks");
  add_report_options(set, options->report, format_names());
  set.add("--report", options->reports,
          "Write another report in this format to FILE; - is standard output",
          {.name = "FORMAT=FILE",
           .suggestions = beginnings_of_reports(),
           .check = check_report_request,
           .one_for_each_name = true});
  add_capture_options(set, options->capture);
  return [options, set](World& world) {
    // Before the project file is read, which may set --format too.
    options->main_is_requested = set.is_given("--format") || set.is_given("--output");
    return run_reconcile(*options, world);
  };
}

}  // namespace

extern const Command command_reconcile;
const Command command_reconcile{"reconcile", "Prove or refute every total in the files", set_up};

}  // namespace usagectl
