#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <optional>

#include "analysis/meaning/contract.hpp"
#include "analysis/meaning/diff.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/read_captures.hpp"
#include "render/contract_render.hpp"
#include "render/diff_render.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  std::string contract;
  bool values = false;
  std::string tolerance;
  bool require_proof = false;
};

/// "20" is tokens, "0.5%" is a share of the larger number.
std::optional<Tolerance> parse_tolerance(std::string_view text) {
  Tolerance tolerance;
  const char* const end = text.data() + text.size();
  if (text.ends_with('%')) {
    const auto [stop, error] = std::from_chars(text.data(), end - 1, tolerance.percent);
    if (error != std::errc() || stop != end - 1 || !(tolerance.percent >= 0) ||
        tolerance.percent > 100)
      return std::nullopt;
  } else {
    const auto [stop, error] = std::from_chars(text.data(), end, tolerance.tokens);
    if (error != std::errc() || stop != end || tolerance.tokens < 0) return std::nullopt;
  }
  return tolerance;
}

std::string check_tolerance(const std::string& text) {
  return parse_tolerance(text) ? std::string()
                               : "invalid tolerance \"" + text +
                                     "\"; use tokens, such as 20, or a share, such as 0.5%";
}

Side read_side(const std::string& path, const Options& options, const Knowledge& knowledge,
               World& world) {
  Side side(*knowledge.catalogue);
  Books books = read_captures({path}, side.question(), options.capture.reading(world, knowledge));
  check_destinations_against(books, {options.report.file()});
  side.finish(books);
  return side;
}

ExitCode verdict_of(Likeness verdict, bool require_proof) {
  if (verdict == Likeness::different) return ExitCode::findings;
  return verdict == Likeness::undetermined && require_proof ? ExitCode::findings : ExitCode::clean;
}

ExitCode run_contract(const Options& options, const Knowledge& knowledge, World& world) {
  if (options.capture.paths.size() != 1)
    throw UsageError(
        fmt::format("--contract takes one capture, not {}", options.capture.paths.size()));
  const Contract contract = load_contract(options.contract);
  ReportWriter writer(world, options.report.file());
  const ContractReport report =
      check_contract(read_side(options.capture.paths[0], options, knowledge, world), contract);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  return worse(verdict_of(report.verdict, options.require_proof),
               say_problems(report.side.intake, world));
}

ExitCode run_diff(const Options& options, World& world) {
  options.capture.prepare();
  std::vector<std::string> inputs = options.capture.inputs();
  inputs.push_back(options.contract);
  check_destinations({options.report.file()}, inputs);
  const Knowledge knowledge = options.capture.knowledge();
  if (!options.contract.empty()) return run_contract(options, knowledge, world);
  if (options.capture.paths.size() != 2)
    throw UsageError(
        fmt::format("diff compares two captures, not {}", options.capture.paths.size()));
  std::optional<Tolerance> tolerance;
  if (options.values) tolerance = Tolerance();
  if (!options.tolerance.empty()) tolerance = parse_tolerance(options.tolerance);
  ReportWriter writer(world, options.report.file());
  const DiffReport report =
      diff(read_side(options.capture.paths[0], options, knowledge, world),
           read_side(options.capture.paths[1], options, knowledge, world), tolerance);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  ExitCode verdict = verdict_of(report.verdict, options.require_proof);
  if (report.values_beyond > 0) verdict = worse(verdict, ExitCode::findings);
  verdict = worse(verdict, say_problems(report.a.intake, world));
  return worse(verdict, say_problems(report.b.intake, world));
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("CAPTURE", options->capture.paths,
          "Two captures, or one with --contract: a file, a folder, or - for standard input", {});
  set.add_flag("--values", options->values,
               "Compare the numbers of paired calls and the totals too");
  set.add("--tolerance", options->tolerance,
          "Accepted difference: tokens, such as 20, or a share, such as 0.5%",
          {.name = "N|N%", .check = check_tolerance});
  set.add("--contract", options->contract,
          "Check one capture against a contract: provider-raw or a file", {.name = "NAME|FILE"});
  set.add_flag("--require-proof", options->require_proof,
               "Exit with 1 when something stays undetermined");
  add_report_options(set, options->report);
  add_reading_options(set, options->capture);
  return [options](World& world) { return run_diff(*options, world); };
}

}  // namespace

extern const Command command_diff;
const Command command_diff{"diff", "Show where two captures differ in meaning", set_up};

}  // namespace usagectl
