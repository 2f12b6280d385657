#include <functional>
#include <memory>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/options/time_options.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/spool.hpp"
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
  bool as_read = false;
};

/// Thrown through the reading when the reader of the records has gone.
struct ReaderGone {};

constexpr std::size_t kWriteAtBytes = std::size_t{64} * 1024;

/// Reads the captures and calls `take` for each record, with the name of its file.
using TakeRecord = std::function<void(const UsageRecord&, const std::string& file)>;
Books read_records(const Options& options, const Knowledge& knowledge, World& world,
                   const TakeRecord& take) {
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.time = options.time.span(world);
  question.keeps_record_uses = !options.as_read;
  question.on_record = [&](const UsageRecord& record) {
    take(record, (*names)[record.place.file]);
  };
  ReadOptions reading = options.capture.reading(world, knowledge, true);
  reading.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  check_destinations_against(books, {options.report.file()});
  return books;
}

/// Lines of JSON, written in blocks.
class LineWriter {
 public:
  explicit LineWriter(ReportWriter& writer) : writer_(writer) {}

  std::string& lines() { return lines_; }
  void write_when_full() {
    if (lines_.size() >= kWriteAtBytes) write();
  }
  void write() {
    if (!writer_.write(lines_)) throw ReaderGone();
    lines_.clear();
  }

 private:
  ReportWriter& writer_;
  std::string lines_;
};

/// Writes a line for each record as it is read.
Intake stream_json(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  LineWriter out(writer);
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               append_record_json(record, file, out.lines());
                               out.write_when_full();
                             });
  out.write();
  return std::move(books.intake);
}

/// Between the head of a line and its counts, in a spool: no line of JSON holds it.
constexpr char kBeforeCounts = '\x1e';

/// Writes a line for each record after the last file, when it is known what became of it.
Intake write_json(const Options& options, const Knowledge& knowledge, World& world,
                  ReportWriter& writer) {
  Spool spool;
  std::string line;
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               line.clear();
                               append_record_head(record, file, line);
                               line.push_back(kBeforeCounts);
                               append_record_counts(record.counts, line);
                               line.push_back('\n');
                               spool.append(line);
                             });
  LineWriter out(writer);
  const RecordUses& uses = books.record_uses;
  RecordNumber number = 0;
  auto final = uses.final_counts.begin();
  spool.play([&](std::string_view spooled) {
    const auto counts = spooled.find(kBeforeCounts);
    out.lines() += spooled.substr(0, counts);
    if (++number; final != uses.final_counts.end() && final->first == number)
      append_record_counts((final++)->second, out.lines());
    else
      out.lines() += spooled.substr(counts + 1);
    append_record_use(uses.uses[number - 1], out.lines());
    out.write_when_full();
    return true;
  });
  out.write();
  return std::move(books.intake);
}

/// Writes all records as one table, whose columns depend on them.
Intake write_sheet(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  std::vector<UsageRecord> records;
  std::vector<std::string> files;
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               records.push_back(record);
                               files.push_back(file);
                             });
  Sheet sheet = record_sheet();
  for (const auto& [number, counts] : books.record_uses.final_counts)
    records[number - 1].counts = counts;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const RecordUse* const use = options.as_read ? nullptr : &books.record_uses.uses[i];
    sheet.rows.push_back(record_row(records[i], files[i], use));
  }
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
    const bool is_json = options.report.output_format() == OutputFormat::json;
    const Intake intake = !is_json          ? write_sheet(options, knowledge, world, writer)
                          : options.as_read ? stream_json(options, knowledge, world, writer)
                                            : write_json(options, knowledge, world, writer);
    writer.finish();
    return say_problems(intake, world);
  } catch (const ReaderGone&) {
    return ExitCode::clean;
  }
}

Run set_up(OptionSet set) {
  const auto options = std::make_shared<Options>();
  set.add_flag("--as-read", options->as_read,
               "Print records as they are read, without their bucket");
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
