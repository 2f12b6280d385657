#include "render/contract_render.hpp"

#include <fmt/format.h>

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

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const ContractReport& report) {
  ordered_json meaning = ordered_json::array();
  for (const auto& axis : report.meaning) {
    meaning.push_back({{"axis", axis.axis},
                       {"verdict", name_of(axis.verdict)},
                       {"a", answer_json(axis.a, report.side.files)},
                       {"allowed", axis.b.value}});
  }
  return {{"schema", "usagectl.contract/1"},
          {"verdict", name_of(report.verdict)},
          {"contract", json_string(report.contract.id)},
          {"a", intake_json(report.side.intake)},
          {"meaning", std::move(meaning)}};
}

Sheet sheet_of(const ContractReport& report) {
  Sheet sheet;
  for (const char* const title : {"axis", "verdict", "capture", "allowed"}) {
    sheet.columns.push_back({title, title, Content::text, Weight::needed, false});
  }
  for (const auto& axis : report.meaning) {
    const std::string verdict = axis.verdict == Likeness::same        ? "kept"
                                : axis.verdict == Likeness::different ? "broken"
                                                                      : "undetermined";
    sheet.rows.push_back({Cell(std::string(axis.axis)), Cell(verdict), Cell(answer_text(axis.a)),
                          Cell(axis.b.value)});
  }
  return sheet;
}

std::string headline(const ContractReport& report) {
  switch (report.verdict) {
    case Likeness::same: return fmt::format("the contract {} is kept", report.contract.id);
    case Likeness::different: return fmt::format("the contract {} is broken", report.contract.id);
    case Likeness::undetermined: break;
  }
  return fmt::format("undetermined: nothing proves that the contract {} is kept",
                     report.contract.id);
}

}  // namespace

std::string render(const ContractReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(report));
    case OutputFormat::csv: return csv(sheet_of(report));
    case OutputFormat::markdown:
      return "### " + markdown_text(headline(report)) + "\n\n" + markdown_table(sheet_of(report));
    case OutputFormat::table: break;
  }
  const Ink ink = report.verdict == Likeness::same        ? Ink::good
                  : report.verdict == Likeness::different ? Ink::bad
                                                          : Ink::doubtful;
  return paragraph(headline(report), ink, style) + "\n" + text_table(sheet_of(report), style) +
         "\n" + paragraph(accounting_text(report.side.intake), Ink::faint, style);
}

}  // namespace usagectl
