#include <memory>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
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

/// Thrown through the reading when nobody reads the records any more.
struct NobodyReads {};

constexpr std::size_t kWriteAtBytes = std::size_t{64} * 1024;

/// One JSON line a record, written as they are read.
Intake stream_json(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  std::string lines;
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.time = options.time.span(world);
  question.on_record = [&](const UsageRecord& record) {
    append_record_json(record, (*names)[record.place.file], lines);
    if (lines.size() < kWriteAtBytes) return;
    if (!writer.write(lines)) throw NobodyReads();
    lines.clear();
  };
  ReadOptions reading = options.capture.reading(world, knowledge, true);
  reading.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  if (!writer.write(lines)) throw NobodyReads();
  return std::move(books.intake);
}

/// A sheet of all records: its columns depend on what is in them.
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
  switch (options.report.output_format()) {
    case OutputFormat::csv: writer.write(csv(sheet)); break;
    case OutputFormat::markdown: writer.write(markdown_table(sheet)); break;
    default: writer.write(text_table(sheet, options.report.style(world))); break;
  }
  return std::move(books.intake);
}

ExitCode run_records(const Options& options, World& world) {
  options.capture.prepare();
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.output);
  try {
    const Intake intake = options.report.output_format() == OutputFormat::json
                              ? stream_json(options, knowledge, world, writer)
                              : write_sheet(options, knowledge, world, writer);
    writer.finish();
    return say_problems(intake, world);
  } catch (const NobodyReads&) {
    return ExitCode::clean;
  }
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  add_capture_options(set, options->capture);
  add_time_options(set, options->time);
  add_report_options(set, options->report, {"json", "table", "csv", "markdown"});
  return [options](World& world) { return run_records(*options, world); };
}

}  // namespace

extern const Command command_records;
const Command command_records{"records", "Print every usage record, one JSON object a line",
                              set_up};

}  // namespace usagectl
