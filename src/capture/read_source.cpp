#include "capture/read_source.hpp"

#include <algorithm>
#include <utility>

#include "base/large_pages.hpp"
#include "capture/long_lines.hpp"
#include "capture/read_container.hpp"
#include "capture/read_lines.hpp"
#include "input/containers/delimited_row.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// The first block of a table, whose rows are read as JSON lines.
void open_table(OpenedText& opened, DelimitedTable&& table, LineSource& lines, TextBuffer& start,
                const FileContext& file, JsonParser& parser) {
  if (!table.problem.empty()) {
    opened.problem.problem = table.problem;
    start.truncate(0);
    return;
  }
  const char separator = table.separator;
  lines.cut_rows([separator](std::string_view rows) { return whole_rows_bytes(rows, separator); },
                 kLongestRowBytes);
  opened.problem = lines.complete(start, kBlockBytes);
  if (start.empty()) return;
  opened.table = std::make_shared<const DelimitedTable>(std::move(table));
  TextBuffer rows;
  Observations said_when_read;
  table_as_json_lines(start.text(), *opened.table, true, 0, file, parser, rows, said_when_read);
  opened.format = line_format_of(rows.text(), file, parser);
  if (opened.format == nullptr) opened.format = &any_lines();
}

/// A large document need not be held to be read, where it can be left in its file.
std::optional<FiledJson> large_document(const LineSource& lines, bool is_text,
                                        const FileContext& file, JsonParser& parser) {
  const int descriptor = lines.source().regular_file();
  const auto size = static_cast<std::size_t>(lines.source().expected_bytes());
  if (descriptor < 0 || size < kLargeBytes || is_text) return std::nullopt;
  try {
    const auto document = parser.parse_file(descriptor, size);
    const bool is_line =
        document && document->lines == 1 && is_only_line_of_a_log(document->root, file);
    return is_line ? std::nullopt : document;
  } catch (const ChangedWhileRead&) {
    return std::nullopt;  // reading it from its beginning to its end reports how
  }
}

}  // namespace

OpenedText open_text(LineSource& lines, TextBuffer& start, const FileContext& file,
                     JsonParser& parser) {
  OpenedText opened;
  // Without a line break in sight it is one document, as a rule; all of the text will show.
  const bool has_lines = start.text().find('\n') != std::string_view::npos;
  opened.text = recognise_text(start.text(), file);
  if (opened.text->format != nullptr) return opened;
  if (auto table = table_to_read(start.text(), false, file, parser)) {
    open_table(opened, std::move(*table), lines, start, file, parser);
    if (!opened.problem.ok() && start.empty()) return opened;
  }
  if (has_lines && opened.table == nullptr) {
    opened.problem = lines.complete(start, kBlockBytes);
    opened.format = line_format_of(start.text(), file, parser);
  }
  return opened;
}

std::string_view json_lines_of(const DelimitedTable* table, std::string_view block,
                               bool begins_file, std::uint64_t lines_before,
                               const FileContext& file, JsonParser& parser, TextBuffer& rows,
                               Observations& found) {
  if (table == nullptr) return block;
  table_as_json_lines(block, *table, begins_file, lines_before, file, parser, rows, found);
  return rows.text();
}

FileReading read_source(OpenedText&& opened, LineSource& source, TextBuffer& start,
                        const HeldLimits& limits, const FileContext& file, JsonParser& parser,
                        AmountRead& amount, Observations& found) {
  FileReading reading{FileFate::known, opened.format};
  ReadResult problem = std::move(opened.problem);
  if (opened.format != nullptr) {
    LineReaders readers(file, *opened.format, parser);
    std::uint64_t lines_before = 0;
    TextBuffer rows;
    for (;;) {
      amount.bytes += start.size();
      if (opened.table == nullptr)
        reject_long_lines(start, lines_before, limits.longest_line_bytes, file, found);
      const std::string_view block =
          json_lines_of(opened.table.get(), start.text(), lines_before == 0, lines_before, file,
                        parser, rows, found);
      lines_before += readers.read(block, lines_before, found);
      if (!problem.ok() || source.at_end()) break;
      problem = source.next(start, kBlockBytes);
    }
    amount.lines += lines_before;
    readers.finish(found);
  } else if (const auto document =
                 problem.ok()
                     ? large_document(source, opened.text && opened.text->format != nullptr, file,
                                      parser)
                     : std::nullopt) {
    amount.bytes = source.source().expected_bytes();
    amount.lines = document->lines;
    try {
      reading = read_document(document->root, file, found);
    } catch (const ChangedWhileRead& change) {
      problem.problem = change.what();
    }
  } else {
    if (problem.ok()) problem = source.rest(start, limits.most_held_bytes);
    amount.bytes = start.size();
    amount.lines = lines_in(start.text());
    if (problem.ok()) {
      reading = read_text(start.text(), file, parser, found, opened.text ? &*opened.text : nullptr);
    }
  }
  report_problem(problem, file, found, reading);
  return reading;
}

void report_problem(const ReadResult& problem, const FileContext& file, Observations& found,
                    FileReading& reading) {
  if (problem.ok()) return;
  found.unreadable({file.id, 0, {}}, {problem.problem, {}, {}});
  reading.fate = FileFate::failed;
}

std::uint64_t lines_in(std::string_view text) {
  const auto breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

}  // namespace usagectl
