#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/reconcile.hpp"
#include "base/text_file.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/schemas/schemas.hpp"
#include "formats/layouts/builtin_layouts.hpp"
#include "formats/layouts/layout_check.hpp"
#include "formats/layouts/layout_text.hpp"
#include "ledger/ledger.hpp"
#include "render/list_render.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// The whole layouts: each entry is a layout file.
std::string layouts_json() {
  nlohmann::ordered_json layouts = nlohmann::ordered_json::array();
  for (const auto& layout : builtin_layouts())
    layouts.push_back(nlohmann::ordered_json::parse(layout_text(*layout)));
  return json_text(
      {{"schema", "usagectl.layouts/1"}, {"tool", tool_json()}, {"layouts", std::move(layouts)}});
}

ListOfThings list_of_layouts() {
  ListOfThings list{"usagectl.layouts/1", "layouts", {"id", "description"}, {}};
  for (const auto& layout : builtin_layouts())
    list.rows.push_back({layout->id, layout->description});
  return list;
}

struct Options {
  ReportOptions report;
  std::string check;
  bool schema = false;
};

/// What reconcile says of a sample, where it does not expect that.
void judge_sample(CheckedSample&& sample, const std::string& path, LayoutCheck& check) {
  Ledger ledger(reconcile_question(), {path});
  ledger.begin_file(0, false);
  ledger.add(std::move(sample.found), 0);
  ledger.end_file();
  Books books = ledger.finish();
  const ReconcileReport report = reconcile(books);
  const std::string verdict(name_of(report.verdict));
  if (sample.verdict.empty() ? report.verdict != Verdict::fail : sample.verdict == verdict) return;
  std::string why;
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::note) continue;
    why += fmt::format(
        "; {}{}",
        finding.place.line == 0 ? std::string() : fmt::format("line {}, ", finding.place.line),
        finding.place.pointer.empty() ? std::string("the document") : finding.place.pointer);
    why += ": " + finding.explanation;
  }
  check.faults.push_back(fmt::format("{}: the verdict is {}, expected {}{}", sample.at, verdict,
                                     sample.verdict.empty() ? "pass" : sample.verdict, why));
}

/// Checks that the samples of a layout file yield the records that it lists, and keep its claims.
ExitCode check_file(const std::string& path, World& world) {
  LayoutCheck check = check_layout(read_text_file(path), path);
  for (CheckedSample& sample : check.read) judge_sample(std::move(sample), path, check);
  for (const std::string& warning : check.warnings) say(world, "warning: " + warning);
  for (const std::string& fault : check.faults) say(world, fault);
  if (!check.faults.empty()) return ExitCode::findings;
  world.out(fmt::format("{}: {} checked\n", path, quantity(check.samples, "sample")));
  return ExitCode::clean;
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add("--check", options->check, "Check the layout in FILE against its samples",
          {.name = "FILE"});
  set.add_flag("--schema", options->schema,
               "Print the JSON Schema of layout files, as usagectl schema layout does");
  add_report_options(set, options->report);
  return [options](World& world) {
    if (!options->check.empty()) return check_file(options->check, world);
    const ReportOptions& report = options->report;
    ReportWriter writer(world, report.file());
    const OutputFormat format = report.output_format();
    if (options->schema) {
      writer.write(schema_text("layout").value());
      writer.finish();
      return ExitCode::clean;
    }
    writer.write(format == OutputFormat::json
                     ? layouts_json()
                     : render(list_of_layouts(), format, report.style(world)));
    writer.finish();
    return ExitCode::clean;
  };
}

}  // namespace

extern const Command command_layouts;
const Command command_layouts{"layouts", "List the built-in layouts of logs", set_up};

}  // namespace usagectl
