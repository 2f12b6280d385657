#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands/command.hpp"
#include "cli/options/report_options.hpp"
#include "cli/options/time_options.hpp"
#include "cli/output/claim_lines.hpp"
#include "cli/output/destinations.hpp"
#include "cli/output/problems.hpp"
#include "cli/output/report_pieces.hpp"
#include "cli/output/report_writer.hpp"
#include "cli/output/spool.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/read_captures.hpp"
#include "render/flat_record.hpp"
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
  bool flat = false;
  std::string claims;

  std::vector<std::string> outputs() const {
    if (claims.empty()) return {report.file()};
    return {report.file(), destination(claims)};
  }
};

/// Thrown through the reading when the reader of the records has gone.
struct ReaderGone {};

constexpr std::size_t kWriteAtBytes = std::size_t{64} * 1024;

/// Reads the captures and calls `take` for each record, with the name of its file. Claims are
/// written on the way.
using TakeRecord = std::function<void(const UsageRecord&, const std::string& file)>;
Books read_records(const Options& options, const Knowledge& knowledge, World& world,
                   const TakeRecord& take) {
  const std::vector<std::string>* names = nullptr;
  Question question;
  question.time = options.time.span(world);
  std::optional<ClaimLines> claims;
  if (!options.claims.empty())
    claims.emplace(world, destination(options.claims)).ask(question, names);
  question.keeps_record_uses = !options.as_read;
  question.on_record = [&](const UsageRecord& record) {
    take(record, (*names)[record.place.file]);
  };
  ReadOptions reading = options.capture.reading(world, knowledge, true);
  reading.on_files = [&](const std::vector<std::string>& file_names) { names = &file_names; };
  Books books = read_captures(options.capture.named_paths(), std::move(question), reading);
  check_destinations_against(books, options.outputs());
  if (claims) {
    claims->write(books);
    claims->finish();
  }
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

/// How a record is written: what is known when it is read, and then what may change until the last
/// file.
struct RecordForm {
  std::string header;  ///< of all records
  std::function<void(const UsageRecord&, std::string_view file, std::string& out)> head;
  std::function<void(const Counts&, std::string& out)> counts;
  std::function<void(const CostOfRecord&, std::string& out)> cost;
  /// Without a use where nobody waits for it.
  std::function<void(const RecordUse*, std::string& out)> end;
};

RecordForm flat_form(FlatForm form) {
  return {form == FlatForm::json ? std::string() : flat_csv_header(),
          [form](const UsageRecord& record, std::string_view file, std::string& out) {
            append_flat_head(record, file, form, out);
          },
          [form](const Counts& counts, std::string& out) { append_flat_counts(counts, form, out); },
          [form](const CostOfRecord& cost, std::string& out) { append_flat_cost(cost, form, out); },
          [form](const RecordUse* use, std::string& out) { append_flat_end(use, form, out); }};
}

RecordForm csv_form(Formulas formulas) {
  const auto append = [formulas](const Row& cells, std::string& out) {
    append_csv_fields(cells, out, formulas);
  };
  RecordForm form;
  append_csv_header(record_sheet().columns, form.header);
  form.head = [append](const UsageRecord& record, std::string_view file, std::string& out) {
    append(record_head(record, file), out);
    out.push_back(',');
  };
  form.counts = [append](const Counts& counts, std::string& out) {
    append(record_counts(counts), out);
    out.push_back(',');
  };
  form.cost = [append](const CostOfRecord& cost, std::string& out) {
    append(record_cost(cost), out);
    out.push_back(',');
  };
  form.end = [append](const RecordUse* use, std::string& out) {
    append(record_use(use), out);
    out.push_back('\n');
  };
  return form;
}

RecordForm form_of(const Options& options) {
  if (options.flat)
    return flat_form(options.report.output_format() != OutputFormat::csv ? FlatForm::json
                     : options.report.raw_csv                            ? FlatForm::csv_as_is
                                                                         : FlatForm::csv);
  if (options.report.output_format() == OutputFormat::csv)
    return csv_form(options.report.raw_csv ? Formulas::kept : Formulas::defused);
  return {{}, append_record_head, append_record_counts, append_record_cost, append_record_end};
}

/// Writes a line for each record as it is read.
Intake stream_lines(const Options& options, const Knowledge& knowledge, World& world,
                    ReportWriter& writer) {
  const RecordForm form = form_of(options);
  LineWriter out(writer);
  out.lines() = form.header;
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               form.head(record, file, out.lines());
                               form.counts(record.counts, out.lines());
                               form.cost(record.cost, out.lines());
                               form.end(nullptr, out.lines());
                               out.write_when_full();
                             });
  out.write();
  return std::move(books.intake);
}

/// Before the counts of a line, and before its cost, in a spool: no line of JSON or CSV holds it.
constexpr char kBeforePart = '\x1e';

/// Writes a line for each record after the last file, when it is known what became of it.
Intake write_lines(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  const RecordForm form = form_of(options);
  Spool spool;
  std::string line;
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               line.clear();
                               form.head(record, file, line);
                               line.push_back(kBeforePart);
                               form.counts(record.counts, line);
                               line.push_back(kBeforePart);
                               form.cost(record.cost, line);
                               line.push_back('\n');
                               spool.append(line);
                             });
  LineWriter out(writer);
  out.lines() = form.header;
  const RecordUses& uses = books.record_uses;
  RecordNumber number = 0;
  auto final = uses.final_counts.begin();
  auto final_cost = uses.final_costs.begin();
  spool.play([&](std::string_view spooled) {
    const auto counts = spooled.find(kBeforePart);
    const auto cost = spooled.find(kBeforePart, counts + 1);
    out.lines() += spooled.substr(0, counts);
    if (++number; final != uses.final_counts.end() && final->first == number)
      form.counts((final++)->second, out.lines());
    else
      out.lines() += spooled.substr(counts + 1, cost - counts - 1);
    if (final_cost != uses.final_costs.end() && final_cost->first == number)
      form.cost((final_cost++)->second, out.lines());
    else
      out.lines() += spooled.substr(cost + 1);
    form.end(&uses.uses[number - 1], out.lines());
    out.write_when_full();
    return true;
  });
  out.write();
  return std::move(books.intake);
}

/// Writes all records as one table for people, whose columns depend on them.
Intake write_sheet(const Options& options, const Knowledge& knowledge, World& world,
                   ReportWriter& writer) {
  std::vector<UsageRecord> records;
  std::vector<std::string> files;
  Books books = read_records(options, knowledge, world,
                             [&](const UsageRecord& record, const std::string& file) {
                               records.push_back(record);
                               files.push_back(file);
                             });
  for (const auto& [number, counts] : books.record_uses.final_counts)
    records[number - 1].counts = counts;
  for (const auto& [number, cost] : books.record_uses.final_costs) records[number - 1].cost = cost;
  const auto row = [&](std::size_t at) {
    const RecordUse* const use = options.as_read ? nullptr : &books.record_uses.uses[at];
    return record_row(records[at], files[at], use);
  };
  const MadeSheet sheet{record_sheet().columns, records.size(), row, std::nullopt};
  const Style style = options.report.style(world);
  ReportPieces pieces(writer);
  switch (options.report.output_format()) {
    case OutputFormat::markdown: pieces.sink()(markdown_table(sheet)); break;
    default: write_text_table(sheet, style, pieces.sink()); break;
  }
  pieces.write();
  return std::move(books.intake);
}

ExitCode run_records(const Options& options, World& world) {
  const OutputFormat format = options.report.output_format();
  if (options.flat && format != OutputFormat::json && format != OutputFormat::csv)
    throw UsageError("--flat writes json or csv");
  if (!options.claims.empty() && !options.flat) throw UsageError("--claims needs --flat");
  if (!options.claims.empty() && !options.time.span(world).is_unbound())
    throw UsageError("--claims needs all records: the parts of a sum may be of another time");
  options.capture.prepare();
  check_destinations(options.outputs(), options.capture.inputs());
  const Knowledge knowledge = options.capture.knowledge();
  ReportWriter writer(world, options.report.file());
  try {
    const bool are_lines =
        options.flat || format == OutputFormat::json || format == OutputFormat::csv;
    const Intake intake = !are_lines        ? write_sheet(options, knowledge, world, writer)
                          : options.as_read ? stream_lines(options, knowledge, world, writer)
                                            : write_lines(options, knowledge, world, writer);
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
  set.add_flag("--flat", options->flat,
               "One level and the same columns for every record, as json or csv");
  set.add("--claims", options->claims,
          "With --flat: write the claims about sums, and their parts, to FILE", {.name = "FILE"});
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
