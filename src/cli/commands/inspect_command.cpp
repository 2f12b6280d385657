#include <fmt/format.h>

#include <memory>

#include "analysis/meaning/inspect.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "ledger/read_captures.hpp"
#include "render/inspect_render.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  std::string suggest_layout;
};

/// Writes the layout of the only file whose layout was inferred. Returns false if there is none, or
/// more than one.
bool write_suggestion(const InspectReport& report, const std::string& path, World& world) {
  if (report.inferred.size() != 1) {
    say(world, report.inferred.empty()
                   ? "no layout to suggest: no file had to be inferred"
                   : fmt::format("no layout to suggest: {} files were inferred; name one of them",
                                 report.inferred.size()));
    return false;
  }
  if (report.inferred.front().layout.empty()) {
    say(world, "no layout to suggest: only all lines of the log together show what they are");
    return false;
  }
  ReportWriter writer(world, path);
  writer.write(harmless_json(report.inferred.front().layout));
  writer.finish();
  return true;
}

ExitCode run_inspect(const Options& options, World& world) {
  options.capture.prepare();
  const std::string suggestion = destination(options.suggest_layout);
  // On standard output the layout replaces the report.
  const bool has_report = options.suggest_layout != "-" || !options.report.file().empty();
  std::vector<std::string> outputs;
  if (has_report) outputs.push_back(options.report.file());
  if (!options.suggest_layout.empty()) outputs.push_back(suggestion);
  check_destinations(outputs, options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.file());
  Inspector inspector(*knowledge.catalogue);
  Books books = read_captures(options.capture.named_paths(), inspector.question(),
                              options.capture.reading(world, knowledge));
  check_destinations_against(books, outputs);
  const InspectReport report = inspector.report(books);
  if (has_report)
    writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  ExitCode exit = say_problems(report.intake, world);
  if (!options.suggest_layout.empty() && !write_suggestion(report, suggestion, world))
    exit = ExitCode::trouble;
  return exit;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("--suggest-layout", options->suggest_layout,
          "Write the layout that was inferred for the file to FILE", {.name = "FILE"});
  add_report_options(set, options->report, formats_with_pages());
  add_capture_options(set, options->capture);
  return [options](World& world) { return run_inspect(*options, world); };
}

}  // namespace

extern const Command command_inspect;
const Command command_inspect{"inspect", "Show what each count means, with the evidence", set_up};

}  // namespace usagectl
