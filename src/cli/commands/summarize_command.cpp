#include <fmt/format.h>

#include <memory>

#include "analysis/summarize.hpp"
#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/books/group_key.hpp"
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

std::vector<std::string> names_of_keys() {
  std::vector<std::string> names;
  for (const auto& key : grouping_keys()) names.emplace_back(key.name);
  return names;
}

std::string check_key(const std::string& name) {
  const std::vector<std::string> keys = names_of_keys();
  const bool is_key = std::find(keys.begin(), keys.end(), name) != keys.end();
  return is_key ? std::string() : invalid_word("key", name, keys);
}

/// The requested keys, each once.
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
  check_destinations({options.report.file()}, options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.file());
  Question question = summary_question(by);
  question.time = options.time.span(world);
  Books books = read_captures(options.capture.named_paths(), std::move(question),
                              options.capture.reading(world, knowledge));
  check_destinations_against(books, {options.report.file()});
  const SummaryReport report = summarize(books, by);
  writer.write(render(report, options.report.output_format(), options.report.style(world)));
  writer.finish();
  return say_problems(report.intake, world);
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add(
      "--by", options->by,
      fmt::format("Group by these keys, separated by commas: {}", fmt::join(names_of_keys(), ", ")),
      {.name = "KEY,...", .check = check_key, .separator = ',', .one_for_each_name = true});
  add_time_options(set, options->time);
  add_report_options(set, options->report);
  add_capture_options(set, options->capture);
  return [options](World& world) { return run_summarize(*options, world); };
}

}  // namespace

extern const Command command_summarize;
const Command command_summarize{"summarize", "Add up what was used, each call once", set_up};

}  // namespace usagectl
