#include "render/contract_render.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <span>

#include "render/diff/diff_json.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/intake_html.hpp"
#include "render/html/verdict_html.hpp"
#include "render/parts/answer_json.hpp"
#include "render/parts/answer_text.hpp"
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
#include "render/text/words.hpp"

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
  ordered_json document = {
      {"schema", "usagectl.contract/1"},          {"tool", tool_json()},
      {"verdict", name_of(report.verdict)},       {"contract", json_string(report.contract.id)},
      {"capture", json_string(report.side.name)}, {"a", intake_json(report.side.intake)}};
  if (report.raw.empty()) {
    document["meaning"] = std::move(meaning);
    return document;
  }
  document["raw"] = json_string(report.raw);
  ordered_json numbers = ordered_json::array();
  for (std::size_t row = 0; row < report.numbers.size(); ++row) {
    ordered_json number = client_number_json(report.numbers[row]);
    number["verdict"] = name_of(report.meaning[row].verdict);
    number["allowed"] = report.meaning[row].b.value;
    numbers.push_back(std::move(number));
  }
  document["numbers"] = std::move(numbers);
  return document;
}

std::string verdict_word(Likeness verdict) {
  switch (verdict) {
    case Likeness::same: return "kept";
    case Likeness::different: return "broken";
    case Likeness::undetermined: break;
  }
  return "undetermined";
}

Sheet sheet_of(const ContractReport& report) {
  Sheet sheet;
  const bool has_raw = !report.raw.empty();
  for (const char* const title : {has_raw ? "number" : "axis", "verdict", "capture", "allowed"})
    sheet.columns.push_back({title, title});
  if (has_raw) {
    sheet.columns[2].content = Content::sentence;
    sheet.columns.push_back({"untested", "untested", Content::sentence});
  }
  for (const auto& axis : report.meaning) {
    sheet.rows.push_back({Cell(axis.axis), Cell(verdict_word(axis.verdict)),
                          Cell(answer_text(axis.a)), Cell(axis.b.value)});
    if (has_raw) sheet.rows.back().push_back(axis.evidence.empty() ? Cell() : Cell(axis.evidence));
  }
  return sheet;
}

Ink ink_of(Likeness verdict) {
  return verdict == Likeness::same        ? Ink::good
         : verdict == Likeness::different ? Ink::bad
                                          : Ink::doubtful;
}

std::string as_table(const ContractReport& report, const Style& style) {
  return paragraph(contract_headline(report), ink_of(report.verdict), style) + "\n" +
         text_table(sheet_of(report), style) + "\n" +
         paragraph(accounting_text(report.side.intake), Ink::faint, style);
}

std::string as_page(std::span<const ContractReport> reports) {
  Likeness verdict = Likeness::same;
  for (const ContractReport& report : reports) verdict = worse(verdict, report.verdict);
  HtmlPage page;
  page.command = "diff";
  page.title_text = "contract " + verdict_word(verdict);
  page.title = verdict_html(page.title_text, mood_of(verdict));
  for (const ContractReport& report : reports) {
    page.lead += html_paragraph(contract_headline(report), "lead");
    const std::string caption = "what the contract allows " + report.side.name;
    page.body += intake_remarks(report.side.intake);
    page.body += html_section(report.side.name, html_table(sheet_of(report), {caption, 100'000}));
    page.footer += intake_footer(report.side.intake);
  }
  return html_page(page);
}

}  // namespace

std::string contract_headline(const ContractReport& report) {
  const std::string by = report.raw.empty() ? "" : " by " + visible_text(report.side.name);
  std::vector<std::string> did;
  for (std::size_t row = 0; row < report.numbers.size(); ++row) {
    if (report.meaning[row].verdict == Likeness::different)
      did.push_back(report.numbers[row].brief);
  }
  switch (report.verdict) {
    case Likeness::same: return fmt::format("the contract {} is kept{}", report.contract.id, by);
    case Likeness::different:
      return fmt::format("the contract {} is broken{}{}{}", report.contract.id, by,
                         did.empty() ? "" : ": ", joined(did, ", "));
    case Likeness::undetermined: break;
  }
  return fmt::format("undetermined: nothing proves that the contract {} is kept{}",
                     report.contract.id, by);
}

std::string render(const ContractReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(report));
    case OutputFormat::csv: return csv(sheet_of(report), style.formulas);
    case OutputFormat::markdown:
      return "### " + markdown_text(contract_headline(report)) + "\n\n" +
             markdown_table(sheet_of(report));
    case OutputFormat::html: return as_page({&report, 1});
    case OutputFormat::table: break;
  }
  return as_table(report, style);
}

std::string render(const std::vector<ContractReport>& reports, OutputFormat format,
                   const Style& style) {
  if (format == OutputFormat::html) return as_page(reports);
  if (reports.size() == 1) return render(reports.front(), format, style);
  if (format == OutputFormat::json) {
    Likeness verdict = Likeness::same;
    ordered_json all = ordered_json::array();
    for (const ContractReport& report : reports) {
      verdict = worse(verdict, report.verdict);
      all.push_back(json_of(report));
    }
    return json_text({{"schema", "usagectl.contracts/1"},
                      {"tool", tool_json()},
                      {"verdict", name_of(verdict)},
                      {"captures", std::move(all)}});
  }
  if (format == OutputFormat::csv) {
    Sheet all;
    for (const ContractReport& report : reports) {
      Sheet one = sheet_of(report);
      all.columns = std::move(one.columns);
      for (Row& row : one.rows) {
        row.insert(row.begin(), Cell(report.side.name));
        all.rows.push_back(std::move(row));
      }
    }
    all.columns.insert(all.columns.begin(), {"client", "client"});
    return csv(all, style.formulas);
  }
  std::string text;
  for (const ContractReport& report : reports)
    text += (text.empty() ? "" : "\n") + render(report, format, style);
  return text;
}

}  // namespace usagectl
