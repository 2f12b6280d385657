#include <fmt/format.h>

#include <memory>

#include "analysis/summarize.hpp"
#include "base/nearest_word.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "ledger/group_key.hpp"
#include "ledger/read_captures.hpp"
#include "render/summary_render.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  TimeOptions time;
  std::vector<std::string> by;
};

std::string names_of_keys() {
  std::string names;
  for (const auto& key : grouping_keys()) {
    if (!names.empty()) names += ", ";
    names += key.name;
  }
  return names;
}

std::string check_key(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& key : grouping_keys()) known.emplace_back(key.name);
  if (std::find(known.begin(), known.end(), name) != known.end()) return {};
  const auto nearest = nearest_word(name, known);
  return nearest ? fmt::format("\"{}\" is no key; did you mean {}?", name, *nearest)
                 : fmt::format("\"{}\" is no key; the keys are {}", name, names_of_keys());
}

/// The keys asked for, each once.
std::vector<std::string> distinct(const std::vector<std::string>& keys) {
  std::vector<std::string> once;
  for (const auto& key : keys) {
    if (std::find(once.begin(), once.end(), key) == once.end()) once.push_back(key);
  }
  return once;
}

ExitCode run_summarize(const Options& options, World& world) {
  const std::vector<std::string> by = distinct(options.by);
  options.capture.prepare();
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.output);
  Question question = summary_question(by);
  question.time = options.time.span(world);
  Books books = read_captures(options.capture.named_paths(), std::move(question),
                              options.capture.reading(world, knowledge));
  const SummaryReport report = summarize(books, by);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  return say_problems(report.intake, world);
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_capture_options(set, options->capture);
  set.add("--by", options->by, "Sum by these keys, separated by commas: " + names_of_keys(),
          {.name = "KEY", .check = check_key, .separator = ',', .one_for_each_name = true});
  add_time_options(set, options->time);
  add_report_options(set, options->report);
  return [options](World& world) { return run_summarize(*options, world); };
}

}  // namespace

extern const Command command_summarize;
const Command command_summarize{"summarize", "Sum what was used, each call once", set_up};

}  // namespace usagectl
