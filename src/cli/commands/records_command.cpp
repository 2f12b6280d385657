#include <memory>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/options/time_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "ledger/read_captures.hpp"
#include "render/record_json.hpp"
#include "render/record_sheet.hpp"
#include "render/text/csv.hpp"
#include "render/text/markdown.hpp"
#include "render/text/table.hpp"

namespace usagectl {
namespace {

struct Options {
  CaptureOptions capture;
  ReportOptions report;
  TimeOptions time;
};

/// Thrown through the reading when the reader of the records has gone.
struct ReaderGone {};

constexpr std::size_t kWriteAtBytes = std::size_t{64} * 1024;

/// Writes a JSON line for each record as it is read.
Intake stream_json(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  std::string lines;
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.time = options.time.span(world);
  question.on_record = [&](const UsageRecord& record) {
    append_record_json(record, (*names)[record.place.file], lines);
    if (lines.size() < kWriteAtBytes) return;
    if (!writer.write(lines)) throw ReaderGone();
    lines.clear();
  };
  ReadOptions reading = options.capture.reading(world, knowledge, true);
  reading.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  check_destinations_against(books, {options.report.file()});
  if (!writer.write(lines)) throw ReaderGone();
  return std::move(books.intake);
}

/// Writes all records as one table, whose columns depend on them.
Intake write_sheet(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  Sheet sheet = record_sheet();
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.time = options.time.span(world);
  question.on_record = [&](const UsageRecord& record) {
    sheet.rows.push_back(record_row(record, (*names)[record.place.file]));
  };
  ReadOptions reading = options.capture.reading(world, knowledge, true);
  reading.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  check_destinations_against(books, {options.report.file()});
  switch (options.report.output_format()) {
    case OutputFormat::csv: writer.write(csv(sheet)); break;
    case OutputFormat::markdown: writer.write(markdown_table(sheet)); break;
    default: writer.write(text_table(sheet, options.report.style(world))); break;
  }
  return std::move(books.intake);
}

ExitCode run_records(const Options& options, World& world) {
  options.capture.prepare();
  check_destinations({options.report.file()}, options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.file());
  try {
    const Intake intake = options.report.output_format() == OutputFormat::json
                              ? stream_json(options, knowledge, world, writer)
                              : write_sheet(options, knowledge, world, writer);
    writer.finish();
    return say_problems(intake, world);
  } catch (const ReaderGone&) {
    return ExitCode::clean;
  }
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_time_options(set, options->time);
  add_report_options(set, options->report, {"json", "table", "csv", "markdown"});
  add_capture_options(set, options->capture);
  return [options](World& world) { return run_records(*options, world); };
}

}  // namespace

extern const Command command_records;
const Command command_records{"records", "Print every usage record, one JSON object per line",
                              set_up};

}  // namespace usagectl
