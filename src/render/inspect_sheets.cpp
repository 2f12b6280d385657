#include "render/inspect_sheets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "render/parts/answer_text.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kTitles[] = {"cache read in input", "cache write in input",
                                        "tool prompt in input", "reasoning in output", "total is"};

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

}  // namespace

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

}  // namespace usagectl
