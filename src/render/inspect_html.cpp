#include "render/inspect_html.hpp"

#include <fmt/format.h>

#include <vector>

#include "render/html/answer_html.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/intake_html.hpp"
#include "render/inspect_sheets.hpp"
#include "render/parts/intake_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// A table whose last columns are the answers of these dialects, each with its evidence.
Html matrix(const Sheet& sheet, const std::vector<const InspectedDialect*>& rows,
            const std::vector<std::string>& files, std::string_view caption, std::size_t room) {
  const std::size_t first = sheet.columns.size() - kAnswerNames.size();
  HtmlTable options{caption, room};
  options.content = [&](std::size_t row, std::size_t column) {
    return column < first ? Html()
                          : answer_html(answer_at(rows[row]->answers, column - first), files);
  };
  return html_table(sheet, options);
}

Html relations(const InspectReport& report) {
  constexpr std::size_t kRoom = 50'000;
  Html html;
  for (const InferredLayout& inferred : report.inferred) {
    if (inferred.relations.empty() || html.size() > kRoom) continue;
    html += Html::element("h3", report.files[inferred.file]);
    html += html_list(inferred.relations, "more relation", kRoom);
  }
  return html_section("Inferred", html);
}

}  // namespace

std::string inspect_html(const InspectReport& report) {
  constexpr std::size_t kRoomOfDialects = 250'000;
  constexpr std::size_t kRoomOfCaptures = 400'000;
  HtmlPage page;
  page.command = "inspect";
  page.title_text = "Meaning of counts";
  page.title = Html::text(page.title_text);
  page.footer = intake_footer(report.intake);
  if (report.captures.empty()) {
    page.lead = html_paragraph(nothing_counted_text(report.intake), "lead");
    page.body = intake_remarks(report.intake);
    return html_page(page);
  }
  page.lead = html_paragraph(fmt::format("{} in {}", quantity(report.dialects.size(), "dialect"),
                                         quantity(report.captures.size(), "capture")),
                             "lead");
  std::vector<const InspectedDialect*> dialects;
  for (const InspectedDialect& dialect : report.dialects) dialects.push_back(&dialect);
  std::vector<const InspectedDialect*> of_captures;
  for (const InspectedCapture& capture : report.captures) {
    for (const InspectedDialect& dialect : capture.dialects) of_captures.push_back(&dialect);
  }
  page.body = intake_remarks(report.intake);
  if (report.captures.size() > 1) {
    page.body += html_section(
        "By dialect", matrix(sheet_of_dialects(report, Names::shortened), dialects, report.files,
                             "meaning of each dialect", kRoomOfDialects));
  }
  page.body +=
      html_section("By file", matrix(sheet_of_captures(report, Names::shortened), of_captures,
                                     report.files, "meaning of each file", kRoomOfCaptures));
  page.body += relations(report);
  return html_page(page);
}

}  // namespace usagectl
