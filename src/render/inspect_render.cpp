#include "render/inspect_render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/parts/answer_json.hpp"
#include "render/parts/answer_text.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/intake_text.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

/// Above this number of captures the table is by dialect. Machine formats list every capture.
constexpr std::size_t kShownCaptures = 20;

constexpr std::string_view kTitles[] = {"cache read in input", "cache write in input",
                                        "tool prompt in input", "reasoning in output", "total is"};

enum class Names : std::uint8_t { whole, shortened };

Column text_column(std::string id, std::string title, Weight weight) {
  return {std::move(id), std::move(title), Content::text, weight, false};
}

void add_answer_columns(Sheet& sheet) {
  sheet.columns.push_back({"records", "records", Content::number, Weight::main, false});
  for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
    sheet.columns.push_back(
        text_column(std::string(kAnswerNames[axis]), std::string(kTitles[axis]), Weight::useful));
  }
}

void add_answers(Row& row, const InspectedDialect& dialect) {
  row.emplace_back(static_cast<Count>(dialect.records));
  for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
    const Answer& answer = answer_at(dialect.answers, axis);
    row.push_back(answer.value == "absent" ? Cell() : Cell(answer_text(answer)));
  }
}

/// "openai.chat|… (16 candidates)", for the table. Machine formats list all names.
std::string short_name(const std::string& id) {
  constexpr std::ptrdiff_t kNamed = 2;
  const auto others = std::count(id.begin(), id.end(), '|');
  if (others <= kNamed) return id;
  return fmt::format("{}|… ({} candidates)", id.substr(0, id.find('|')), others + 1);
}

Sheet sheet_of_dialects(const InspectReport& report, Names names) {
  Sheet sheet;
  sheet.columns.push_back(text_column("dialect", "dialect", Weight::needed));
  add_answer_columns(sheet);
  for (const auto& dialect : report.dialects) {
    Row row = {Cell(names == Names::whole ? dialect.id : short_name(dialect.id))};
    add_answers(row, dialect);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

Sheet sheet_of_captures(const InspectReport& report, Names names) {
  Sheet sheet;
  sheet.columns.push_back(text_column("file", "file", Weight::needed));
  sheet.columns.push_back(text_column("format", "format", Weight::main));
  sheet.columns.push_back(text_column("dialect", "dialect", Weight::needed));
  add_answer_columns(sheet);
  for (const auto& capture : report.captures) {
    for (const auto& dialect : capture.dialects) {
      Row row = {Cell(capture.file), Cell(capture.format),
                 Cell(names == Names::whole ? dialect.id : short_name(dialect.id))};
      add_answers(row, dialect);
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

ordered_json dialects_json(const std::vector<InspectedDialect>& dialects,
                           const std::vector<std::string>& files) {
  ordered_json list = ordered_json::array();
  for (const auto& dialect : dialects) {
    list.push_back({{"id", json_string(dialect.id)},
                    {"records", dialect.records},
                    {"meaning", answers_json(dialect.answers, files)}});
  }
  return list;
}

ordered_json json_of(const InspectReport& report) {
  ordered_json captures = ordered_json::array();
  for (const auto& capture : report.captures) {
    captures.push_back({{"file", json_string(capture.file)},
                        {"format", capture.format},
                        {"records", capture.records},
                        {"dialects", dialects_json(capture.dialects, report.files)}});
  }
  for (const InferredLayout& inferred : report.inferred) {
    for (ordered_json& capture : captures) {
      if (capture["file"] != json_string(report.files[inferred.file])) continue;
      ordered_json relations = ordered_json::array();
      for (const std::string& relation : inferred.relations)
        relations.push_back(json_string(relation));
      capture["relations"] = std::move(relations);
    }
  }
  return {{"schema", "usagectl.inspect/1"},
          {"inputs", intake_json(report.intake)},
          {"captures", std::move(captures)},
          {"dialects", dialects_json(report.dialects, report.files)}};
}

/// What was inferred about files in an unknown format.
std::string relations_text(const InspectReport& report, const Style& style) {
  std::string text;
  for (const InferredLayout& inferred : report.inferred) {
    if (inferred.relations.empty()) continue;
    text += paragraph(fmt::format("inferred from {}:", visible_text(report.files[inferred.file])),
                      Ink::plain, style);
    for (const std::string& relation : inferred.relations)
      text += paragraph("  " + visible_text(relation), Ink::plain, style);
    text += "\n";
  }
  return text;
}

std::string as_table(const InspectReport& report, const Style& style) {
  if (report.captures.empty())
    return paragraph(nothing_counted_text(report.intake), Ink::plain, style);
  const bool show_captures = report.captures.size() <= kShownCaptures;
  std::string text = whole_text_table(show_captures ? sheet_of_captures(report, Names::shortened)
                                                    : sheet_of_dialects(report, Names::shortened),
                                      style) +
                     "\n";
  return text + relations_text(report, style) +
         paragraph(accounting_text(report.intake), Ink::faint, style);
}

}  // namespace

std::string render(const InspectReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(report));
    case OutputFormat::csv: return csv(sheet_of_captures(report, Names::whole), style.formulas);
    case OutputFormat::markdown:
      return markdown_table(sheet_of_captures(report, Names::shortened)) + "\n" +
             markdown_text(accounting_text(report.intake)) + "\n";
    case OutputFormat::table: break;
  }
  return as_table(report, style);
}

}  // namespace usagectl
