#include "render/inspect_render.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "render/inspect_html.hpp"
#include "render/inspect_sheets.hpp"
#include "render/parts/answer_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/tool_json.hpp"
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
          {"tool", tool_json()},
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
    case OutputFormat::html: return inspect_html(report);
    case OutputFormat::table: break;
  }
  return as_table(report, style);
}

}  // namespace usagectl
