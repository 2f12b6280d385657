#include "capture/read_container.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/paths.hpp"
#include "capture/beside/breakdowns.hpp"
#include "capture/beside/words_beside.hpp"
#include "capture/beside/writers_beside.hpp"
#include "capture/cut_end.hpp"
#include "capture/headless_table.hpp"
#include "capture/places.hpp"
#include "capture/read_lines.hpp"
#include "capture/tables/heading.hpp"
#include "capture/tables/metric_rows.hpp"
#include "formats/layouts/text/text_label.hpp"
#include "formats/layouts/text/text_log.hpp"
#include "input/containers/delimited_text.hpp"
#include "input/containers/markdown_documents.hpp"
#include "input/containers/python_value.hpp"
#include "input/containers/text_documents.hpp"
#include "input/containers/yaml_documents.hpp"
#include "input/json/json_sequence.hpp"
#include "input/unfinished.hpp"

namespace usagectl {
namespace {

/// The records of a text up to this size are held, as breakdowns and second writers are found among
/// all of them.
constexpr std::size_t kMostBytesHeld = std::size_t{64} * 1024 * 1024;

constexpr std::string_view kWithoutJson = "line without JSON";
constexpr std::size_t kFirstRowsBytes = std::size_t{64} * 1024;

/// What nobody named may be what it likes.
bool is_expected(const FileContext& file) { return !file.from_folder; }

/// One document alone, which stands on a line of the text around it.
FileReading read_only_document(std::string_view lines, const FileContext& file, JsonParser& parser,
                               Observations& observations) {
  const auto begin = lines.find_first_not_of('\n');
  if (begin == std::string_view::npos) return {FileFate::ignored, nullptr};
  const std::string_view document = lines.substr(begin, lines.find('\n', begin) - begin);
  const std::uint64_t line = begin + 1;
  const ParsedJson parsed = parser.parse_copy(document);
  if (parsed.fault) {
    observations.unreadable({file.id, line, {}},
                            {fmt::format("is not JSON: {}", parsed.fault->what), {}, {}});
    return {FileFate::failed, nullptr};
  }
  const FileReading reading = read_document(parsed.root, file, observations);
  each_place(observations, [&](Place& place) {
    if (place.line == 0) place.line = line;
  });
  return reading;
}

FileReading read_json_lines(const TextBuffer& lines, const FileContext& file, JsonParser& parser,
                            Observations& observations) {
  const Format* const format = line_format_of(lines.text(), file, parser);
  if (format == nullptr) return read_only_document(lines.text(), file, parser, observations);
  LineReaders readers(file, *format, parser);
  readers.read(lines.text(), 0, observations);
  readers.finish(observations);
  return {FileFate::known, format};
}

void say_what_is_no_call(const TextDocuments& taken, const FileContext& file,
                         Observations& observations) {
  if (taken.no_calls == 0) return;
  observations.ignored("usage object that is called no call", taken.no_calls);
  observations.finding(
      {.rule = Rule::coverage,
       .severity = Severity::warning,
       .place = {file.id, taken.first_no_call, {}},
       .cause = "not-counted",
       .explanation =
           fmt::format("not counted: {}, before which the line says that no call used "
                       "them",
                       taken.no_calls == 1 ? std::string("1 usage object")
                                           : fmt::format("{} usage objects", taken.no_calls))});
}

std::string rows_said(std::uint64_t rows) {
  return rows == 1 ? std::string("1 row") : fmt::format("{} rows", rows);
}

/// Cells of a table that are read as more or less than they say.
void say_what_is_open(const ConvertedRows& rows, std::uint64_t lines_before,
                      const FileContext& file, Observations& observations) {
  const auto warn = [&](std::uint64_t line, std::string_view cause, std::string explanation) {
    observations.finding({.rule = Rule::coverage,
                          .severity = Severity::warning,
                          .place = {file.id, lines_before + line, {}},
                          .cause = cause,
                          .explanation = std::move(explanation)});
  };
  if (rows.unread_usages > 0) {
    warn(rows.first_unread_usage, "not-read",
         fmt::format("not read: the usage in {}, which is cut or in a notation that is not known",
                     rows_said(rows.unread_usages)));
  }
  if (rows.rounded_rows == 0) return;
  std::string parts;
  for (const auto& [name, off_by] : rows.off_by) {
    parts += fmt::format("{}{} by up to {}", parts.empty() ? "" : ", ", name,
                         off_by.count() ? fmt::format("{}", *off_by.count()) : "too much");
  }
  warn(rows.first_rounded, "rounded-counts",
       fmt::format("the table has rounded counts in {}: the sums may be off, {}",
                   rows_said(rows.rounded_rows), parts));
}

std::uint64_t lines_in(std::string_view text) {
  const auto ended = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return ended + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

/// Leaves out tables whose heading says that their numbers are none of what was used.
void leave_out_by_heading(std::string& json_lines, std::vector<TableInText>& tables,
                          const FileContext& file, JsonParser& parser, Observations& observations) {
  const std::vector<std::string_view> all = rows_of(tables, json_lines);
  std::vector<std::string_view> left_out;
  std::vector<TableInText> others;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const TableInText& table = tables[i];
    const std::string_view rows = all[i];
    const HeadingSays says = heading_says(table.heading);
    const bool is_left_out =
        says != HeadingSays::nothing && !rows.empty() &&
        (lines_hold_usage(rows, file, parser) || metric_rows(rows, file, parser));
    if (!is_left_out) {
      others.push_back(table);
      continue;
    }
    left_out.push_back(rows);
    observations.ignored("row of averages or limits", lines_in(rows));
    observations.finding(
        {.rule = Rule::coverage,
         .severity = says == HeadingSays::averages ? Severity::note : Severity::warning,
         .place = {file.id, table.first_line, {}},
         .cause = "not-counted",
         .explanation = says == HeadingSays::averages
                            ? "not counted: the heading of the table calls its numbers averages"
                            : "not counted: the heading of the table calls its numbers limits or "
                              "prices"});
  }
  if (left_out.empty()) return;
  json_lines = without(left_out, json_lines);
  tables = std::move(others);
}

/// Lines that were taken out of a text.
std::optional<FileReading> read_taken(const TextDocuments& taken, std::string& json_lines,
                                      const FileContext& file, JsonParser& parser,
                                      Observations& observations, bool is_log = false) {
  if (taken.documents == 0) return {};
  std::vector<TableInText> tables = taken.tables;
  leave_out_by_heading(json_lines, tables, file, parser, observations);
  const std::uint64_t lines_of_text = lines_in(json_lines);
  const std::vector<std::uint64_t> turned = turn_metric_tables(json_lines, tables, file, parser);
  TextBuffer lines;
  lines.assign(json_lines);
  std::optional<Observations::Hold> hold;
  if (json_lines.size() <= kMostBytesHeld) hold.emplace(observations);
  const std::size_t records_before = observations.records().size();
  const FileReading reading = read_json_lines(lines, file, parser, observations);
  place_in_text(lines_of_text, turned, observations);
  if (observations.records().size() > records_before) {
    say_what_is_no_call(taken, file, observations);
    for (const ConvertedRows& table : taken.open_tables)
      say_what_is_open(table, 0, file, observations);
    settle_breakdowns(tables, records_before, file, observations);
    if (is_log) leave_out_second_writer(records_before, file.id, observations);
    const std::uint64_t read =
        read_words_beside(taken, records_before, is_log, file, parser, observations);
    observations.ignored(kWithoutJson, taken.without_json - std::min(read, taken.without_json));
  }
  return reading;
}

/// What the end of a text cuts off in its Markdown.
void report_cut_markdown(const TextDocuments& taken, const FileContext& file,
                         Observations& observations) {
  if (taken.cut_at > 0)
    observations.unreadable({file.id, taken.cut_at, {}}, {std::string(kUnfinished), {}, {}});
  if (taken.open_at > 0) {
    report_open_end({file.id, taken.open_at, {}}, false,
                    "no line break ends the last row: if it was cut, its last number had more "
                    "digits",
                    observations);
  }
}

/// A last line that no line break ends, and that ends inside its object, has lost it.
void report_cut(std::string_view text, const FileContext& file, Observations& observations) {
  const auto last_break = text.rfind('\n');
  std::string_view line = last_break == std::string_view::npos ? text : text.substr(last_break + 1);
  const auto begin = line.find("{\"");
  if (begin == std::string_view::npos) return;
  line.remove_prefix(begin);
  std::uint64_t number = 1 + static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  JsonInSequence next;
  while (next_in_sequence(line, number, next)) {
    if (next.whole) continue;
    observations.unreadable({file.id, next.line, {}}, {std::string(kUnfinished), {}, {}});
    return;
  }
}

/// A first line that is an object as Python prints it; as JSON it could not be read.
bool holds_python_object(std::string_view text) {
  std::string json;
  return append_python_value(text, json).has_value();
}

std::string lower_base_name(std::string_view path) {
  std::string name(base_name(path));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return name;
}

/// "[2025-11-19 10:00" and "2025/11/19 10:00".
bool begins_with_time(std::string_view text) {
  if (text.starts_with('[')) text.remove_prefix(1);
  constexpr std::string_view kShape = "0000-00-00 00:00";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (is_digit != (kShape[i] == '0')) return false;
  }
  return true;
}

FileReading read_yaml(std::string_view text, const FileContext& file, JsonParser& parser,
                      Observations& observations) {
  std::vector<std::pair<std::string, std::uint64_t>> documents;
  const auto fault = each_yaml_document(
      text, [&](std::string_view json, std::uint64_t line) { documents.emplace_back(json, line); });
  FileReading reading;
  if (documents.size() == 1) {
    const ParsedJson parsed = parser.parse_copy(documents.front().first);
    if (!parsed.fault) {
      reading = read_document(parsed.root, file, observations);
      if (!fault && reading.fate == FileFate::known)
        report_cut_yaml(text, parsed.root, file, observations);
    }
  } else if (documents.size() > 1) {
    std::string json_lines;
    std::uint64_t line = 1;
    for (const auto& [json, begins_at] : documents) {
      for (; line < begins_at; ++line) json_lines.push_back('\n');
      json_lines += json;
      json_lines.push_back('\n');
      ++line;
    }
    TextBuffer lines;
    lines.assign(json_lines);
    reading = read_json_lines(lines, file, parser, observations);
    if (!fault && reading.fate == FileFate::known) report_cut_yaml(text, {}, file, observations);
  }
  if (fault && (is_expected(file) || reading.fate == FileFate::known)) {
    observations.unreadable({file.id, fault->line, {}},
                            {fault->is_at_end ? fmt::format("{} ({})", kUnfinished, fault->what)
                                              : fmt::format("is not YAML: {}", fault->what),
                             fault->column,
                             {}});
    reading.fate = FileFate::failed;
  } else if (reading.fate == FileFate::ignored && reading.format == nullptr && documents.empty()) {
    observations.ignored("YAML without a document");
  }
  return reading;
}

/// A text in a folder is read where it is a log: prose and source code show what logs look like.
bool may_be_log(std::string_view text, const FileContext& file) {
  if (is_expected(file)) return true;
  const std::string name = lower_base_name(file.path);
  if (name.ends_with(".log") || name.ends_with(".out") || name.ends_with(".err") ||
      name.find(".log.") != std::string::npos)
    return true;
  if (!name.ends_with(".txt")) return false;
  // "token_usage.txt", or a first line that begins with a time.
  return name.find("usage") != std::string::npos || name.find("token") != std::string::npos ||
         name.find("log") != std::string::npos || begins_with_time(text);
}

std::optional<FileReading> read_as_text_log(std::string_view text, const FileContext& file,
                                            bool only_named, JsonParser& parser,
                                            Observations& observations) {
  const TextLogFormat log = text_log_format_of(text, file, only_named, may_be_log(text, file));
  if (log.layout == nullptr) return {};
  read_text_log(*log.layout, text, file, parser, observations);
  return FileReading{FileFate::known, log.format};
}

}  // namespace

bool begins_with_bracketed_prefix(std::string_view text) {
  // "[Step 1:": no value of a list begins with such a letter.
  if (text.size() > 1 && text[0] == '[' && text[1] >= 'A' && text[1] <= 'Z' && text[1] != 'N' &&
      text[1] != 'I')
    return true;
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto closing = line.find(']');
  if (closing == std::string_view::npos) return false;
  const auto behind = line.find_first_not_of(" \t\r", closing + 1);
  return behind != std::string_view::npos && line[behind] != ',' && line[behind] != ']' &&
         line[behind] != '}';
}

std::optional<DelimitedTable> table_to_read(std::string_view start, bool is_all,
                                            const FileContext& file, JsonParser& parser) {
  const auto first = start.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || start[first] == '{' || start[first] == '[') return {};
  auto table = delimited_table(start, file.path, is_all);
  if (table && table->problem.empty())
    name_columns(*table, start.substr(table->header_bytes, kFirstRowsBytes), file.path);
  if (!table || is_expected(file) || !table->warning.empty()) return table;
  if (!table->problem.empty()) return {};
  std::string rows;
  rows_as_json_lines(start.substr(table->header_bytes, kFirstRowsBytes), *table, parser, rows);
  TextBuffer lines;
  lines.assign(rows);
  const Format* const format = line_format_of(lines.text(), file, parser);
  const bool is_known = format != nullptr && !format->lines->takes_any;
  if (!is_known && !lines_hold_usage(lines.text(), file, parser) &&
      !metric_rows(lines.text(), file, parser))
    return {};
  return table;
}

void table_as_json_lines(std::string_view block, const DelimitedTable& table, bool begins_file,
                         std::uint64_t lines_before, const FileContext& file, JsonParser& parser,
                         TextBuffer& json_lines, Observations& observations) {
  std::string rows;
  if (begins_file && !table.warning.empty()) {
    Finding finding;
    finding.rule = Rule::coverage;
    finding.severity = Severity::warning;
    finding.place = {file.id, 0, {}};
    finding.cause = table.has_header ? "meaning-undetermined" : "not-read";
    finding.explanation = table.warning;
    observations.finding(std::move(finding));
  }
  if (begins_file) {
    rows.append(static_cast<std::size_t>(table.header_lines), '\n');
    lines_before += table.header_lines;
    block.remove_prefix(table.header_bytes);
  }
  const ConvertedRows converted = rows_as_json_lines(block, table, parser, rows);
  say_what_is_open(converted, lines_before, file, observations);
  for (const DelimitedProblem& problem : converted.problems)
    observations.unreadable({file.id, lines_before + problem.line, {}}, {problem.what, {}, {}});
  if (converted.open_end) {
    report_open_end({file.id, lines_before + converted.open_end->line, {}},
                    converted.open_end->is_likely, converted.open_end->what, observations);
  }
  json_lines.assign(rows);
}

std::optional<FileReading> read_contained(std::string_view text, const FileContext& file,
                                          JsonParser& parser, Observations& observations) {
  const auto first = text.find_first_not_of(" \t\r\n\x1E");
  if (first == std::string_view::npos || text.find('\0') != std::string_view::npos) return {};
  std::string json_lines;
  if (text[first] == '{' || text[first] == '[') {
    if (holds_escaped_lines(text)) {
      const TextDocuments taken = escaped_lines_as_json_lines(text, json_lines);
      return read_taken(taken, json_lines, file, parser, observations);
    }
    if (holds_documents_in_sequence(text)) {
      const TextDocuments taken = documents_as_json_lines(text, json_lines);
      return read_taken(taken, json_lines, file, parser, observations);
    }
  }
  const bool is_named_yaml = looks_like_yaml({}, file.path);
  const bool is_json = text[first] == '{' ||
                       (text[first] == '[' && !begins_with_bracketed_prefix(text.substr(first)));
  if (is_json && !is_named_yaml) {
    if (text[first] != '{' || !holds_python_object(text.substr(first))) return {};
    const TextDocuments taken = logged_json_as_json_lines(text, parser, json_lines, logged_as);
    return read_taken(taken, json_lines, file, parser, observations, true);
  }
  if (!is_named_yaml) {
    if (auto reading = read_as_text_log(text, file, true, parser, observations)) return reading;
  }
  if (looks_like_yaml(text, file.path)) return read_yaml(text, file, parser, observations);
  if (const auto table = table_to_read(text, true, file, parser)) {
    if (!table->problem.empty()) {
      observations.unreadable({file.id, 1, {}}, {table->problem, {}, {}});
      return FileReading{FileFate::failed, nullptr};
    }
    TextBuffer lines;
    table_as_json_lines(text, *table, true, 0, file, parser, lines, observations);
    if (const auto turned = metric_rows(lines.text(), file, parser)) {
      const std::uint64_t before = lines_in(lines.text());
      lines.assign(std::string(static_cast<std::size_t>(before), '\n') + turned->json_lines);
      const FileReading reading = read_json_lines(lines, file, parser, observations);
      place_in_text(before, turned->lines, observations);
      return reading;
    }
    return read_json_lines(lines, file, parser, observations);
  }
  std::optional<Observations::Hold> hold;
  if (text.size() <= kMostBytesHeld) hold.emplace(observations);
  const std::size_t records_before = observations.records().size();
  std::optional<FileReading> contained;
  const auto holds_records = [&] {
    return contained &&
           (contained->fate == FileFate::failed || observations.records().size() > records_before);
  };
  if (holds_markdown_documents(text)) {
    const TextDocuments taken = markdown_as_json_lines(text, parser, json_lines);
    contained = read_taken(taken, json_lines, file, parser, observations);
    if (is_expected(file) || observations.records().size() > records_before)
      report_cut_markdown(taken, file, observations);
    if (holds_records()) return contained;
  }
  if (holds_logged_json(text, parser)) {
    json_lines.clear();
    const TextDocuments taken = logged_json_as_json_lines(text, parser, json_lines, logged_as);
    contained = read_taken(taken, json_lines, file, parser, observations, true);
    if (holds_records()) {
      report_cut(text, file, observations);
      return contained;
    }
  }
  if (auto reading = read_as_text_log(text, file, false, parser, observations)) return reading;
  return contained;
}

}  // namespace usagectl
