#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/checks/baseline.hpp"
#include "analysis/checks/report_places.hpp"
#include "analysis/diff/contract.hpp"
#include "analysis/diff/diff.hpp"
#include "analysis/diff/diff_findings.hpp"
#include "base/utc_time.hpp"
#include "capture/find_lines.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/diff_options.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_set.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/read_captures.hpp"
#include "render/contract_render.hpp"
#include "render/diff/diff_headline.hpp"
#include "render/diff/diff_render.hpp"
#include "render/reconcile/baseline_json.hpp"
#include "render/reconcile/reconcile_render.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  DiffOptions diff;
  std::vector<std::string> reports;
  bool main_is_requested = false;  ///< --format or -o is on the command line
  std::string contract;
  std::string baseline;
  std::string write_baseline;
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
  return names;
}

/// The files of the run, opened before anything is read.
class Outputs {
 public:
  Outputs(const Options& options, World& world)
      : options_(options), world_(world), requests_(requests_of(options)) {
    for (const ReportRequest& request : requests_) files_.push_back(request.path);
    std::vector<std::string> inputs = options.capture.inputs();
    inputs.push_back(options.contract);
    // A baseline may be replaced by the next one, but not by a report.
    std::vector<std::string> with_baseline = files_;
    if (!options.write_baseline.empty())
      with_baseline.push_back(destination(options.write_baseline));
    check_destinations(with_baseline, inputs);
    check_destinations(files_, {options.baseline});
    files_ = with_baseline;
    if (!options.baseline.empty()) baseline_ = load_baseline(options.baseline);
  }

  const std::vector<std::string>& files() const { return files_; }

  void open() {
    reports_.emplace(world_, requests_);
    if (!options_.write_baseline.empty())
      new_baseline_.emplace(world_, destination(options_.write_baseline));
  }

  /// Takes the accepted findings out of the list.
  void accept(ReconcileReport& findings) const {
    std::error_code fault;
    findings.folder = std::filesystem::current_path(fault).string();
    if (baseline_)
      accept_known(*baseline_, utc_time_of(world_.now_seconds).substr(0, 10), findings);
  }

  /// Writes every report; `text_of` makes those that hold the whole comparison. Returns the exit
  /// status.
  ExitCode write(ReconcileReport findings,
                 const std::function<std::string(OutputFormat, const Style&)>& text_of) {
    find_lines(findings.files, places_of(findings), *options_.capture.kept);
    if (new_baseline_) {
      new_baseline_->write(
          json_text(baseline_json(make_baseline(findings, options_.write_baseline))));
    }
    reports_->write([&](const ReportRequest& request) {
      ReportOptions report = options_.report;
      report.output = request.path;
      const Style style = report.style(world_);
      // The formats that have the whole comparison; the others list what differs.
      const auto own = output_format_named(request.format->name);
      return own ? text_of(*own, style) : request.format->write(findings, style);
    });
    if (new_baseline_) new_baseline_->finish();
    if (findings.baseline && !findings.baseline->known.empty()) {
      say(world_, fmt::format("{} accepted by {}",
                              findings.baseline->known.size() == 1
                                  ? std::string("1 finding")
                                  : fmt::format("{} findings", findings.baseline->known.size()),
                              findings.baseline->file));
    }
    return findings.verdict == Verdict::fail ? ExitCode::findings : ExitCode::clean;
  }

 private:
  static std::vector<ReportRequest> requests_of(const Options& options) {
    return all_requests({reconcile_format(options.report.format), options.report.file()},
                        options.main_is_requested, options.reports);
  }

  const Options& options_;
  World& world_;
  std::vector<ReportRequest> requests_;
  std::vector<std::string> files_;
  std::optional<Baseline> baseline_;
  std::optional<ReportSet> reports_;
  std::optional<ReportWriter> new_baseline_;
};

/// Reads the sides of one run.
class SideReader {
 public:
  SideReader(const Options& options, const Knowledge& knowledge, World& world,
             const std::vector<std::string>& outputs)
      : options_(options), knowledge_(knowledge), world_(world), outputs_(outputs) {}

  Side read(const std::string& path) const {
    Side side(*knowledge_.catalogue);
    side.name = path;
    Books books =
        read_captures({path}, side.question(), options_.capture.reading(world_, knowledge_));
    check_destinations_against(books, outputs_);
    side.finish(books);
    return side;
  }

 private:
  const Options& options_;
  const Knowledge& knowledge_;
  World& world_;
  const std::vector<std::string>& outputs_;
};

ExitCode run_contract(const Options& options, const SideReader& reader, Outputs& outputs,
                      World& world) {
  const std::vector<std::string>& paths = options.capture.paths;
  if (paths.empty())
    throw UsageError("--contract takes one capture, or a raw one and those of its clients, not 0");
  const Contract contract = load_contract(options.contract);
  outputs.open();
  std::vector<ContractReport> reports;
  ExitCode verdict = ExitCode::clean;
  if (paths.size() == 1) {
    reports.push_back(check_contract(reader.read(paths[0]), contract));
  } else {
    const Side raw = reader.read(paths[0]);
    verdict = say_problems(raw.intake, world);
    for (std::size_t i = 1; i < paths.size(); ++i)
      reports.push_back(check_contract_against(raw, reader.read(paths[i]), contract));
  }
  const bool fails_if_open = options.diff.judgement().of(DiffPart::meaning) == Weighed::required ||
                             options.diff.judgement().of(DiffPart::proof) == Weighed::required;
  ReconcileReport findings = findings_of(reports, fails_if_open);
  outputs.accept(findings);
  for (const ContractReport& report : reports) {
    findings.summary += (findings.summary.empty() ? "" : "; ") + contract_headline(report);
    verdict = worse(verdict, say_problems(report.side.intake, world));
  }
  return worse(verdict,
               outputs.write(std::move(findings), [&](OutputFormat format, const Style& style) {
                 return render(reports, format, style);
               }));
}

std::uint64_t accepted_failures(const ReconcileReport& findings) {
  if (!findings.baseline) return 0;
  const std::vector<Finding>& known = findings.baseline->known;
  return static_cast<std::uint64_t>(std::count_if(
      known.begin(), known.end(), [&](const Finding& finding) { return findings.fails(finding); }));
}

/// A comparison passes where the baseline accepts all that made it fail, so that the first line and
/// the exit status agree.
void accept_comparisons(std::vector<DiffReport>& comparisons, const ReconcileReport& all,
                        const Outputs& outputs) {
  if (!all.baseline) return;
  std::vector<std::uint64_t> accepted;
  bool none_fails = true;
  for (const DiffReport& comparison : comparisons) {
    ReconcileReport findings =
        comparisons.size() == 1 ? all : findings_of(std::vector<DiffReport>{comparison});
    if (comparisons.size() > 1) outputs.accept(findings);
    const bool fails = findings.verdict == Verdict::fail;
    none_fails = none_fails && !fails;
    accepted.push_back(fails ? 0 : accepted_failures(findings));
  }
  // One acceptance that several comparisons share is used up by the first of them.
  if (none_fails && all.verdict == Verdict::fail) return;
  for (std::size_t i = 0; i < comparisons.size(); ++i) comparisons[i].accept(accepted[i]);
}

ExitCode run_diff(const Options& options, World& world) {
  options.capture.prepare();
  const DiffJudgement judgement = options.diff.judgement();
  const Knowledge knowledge = options.capture.knowledge();
  Outputs outputs(options, world);
  const SideReader reader(options, knowledge, world, outputs.files());
  if (!options.contract.empty()) return run_contract(options, reader, outputs, world);
  const std::vector<std::string>& paths = options.capture.paths;
  if (paths.size() < 2)
    throw UsageError(fmt::format("diff compares two captures or more, not {}", paths.size()));
  outputs.open();
  const Side first = reader.read(paths[0]);
  ExitCode trouble = say_problems(first.intake, world);
  std::vector<DiffReport> comparisons;
  for (std::size_t i = 1; i < paths.size(); ++i) {
    comparisons.push_back(diff(first, reader.read(paths[i]), judgement));
    trouble = worse(trouble, say_problems(comparisons.back().b.intake, world));
  }
  ReconcileReport findings = findings_of(comparisons);
  outputs.accept(findings);
  accept_comparisons(comparisons, findings, outputs);
  for (const DiffReport& comparison : comparisons)
    findings.summary += (findings.summary.empty() ? "" : "; ") + diff_headline(comparison);
  return worse(trouble,
               outputs.write(std::move(findings), [&](OutputFormat format, const Style& style) {
                 return render(comparisons, format, style);
               }));
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("CAPTURE", options->capture.paths,
          "Captures to compare with the first: files, folders, or - for standard input", {});
  add_diff_options(set, options->diff);
  set.add("--contract", options->contract,
          "Check a capture against a contract: provider-raw or a file; after a raw capture, what "
          "its clients made of it",
          {.name = "NAME|FILE"});
  set.add("--baseline", options->baseline, "Accept the differences in FILE", {.name = "FILE"});
  set.add("--write-baseline", options->write_baseline,
          "Write all differences of this run to FILE, for --baseline", {.name = "FILE"});
  add_report_options(set, options->report, format_names());
  set.add("--report", options->reports,
          "Write another report in this format to FILE; - is standard output",
          {.name = "FORMAT=FILE", .check = check_report_request, .one_for_each_name = true});
  add_reading_options(set, options->capture);
  return [options, set](World& world) {
    options->main_is_requested = set.is_given("--format") || set.is_given("--output");
    return run_diff(*options, world);
  };
}

}  // namespace

extern const Command command_diff;
const Command command_diff{"diff", "Show where captures differ in calls, keys, meaning and numbers",
                           set_up};

}  // namespace usagectl
