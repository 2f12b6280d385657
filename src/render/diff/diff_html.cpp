#include "render/diff/diff_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "render/diff/diff_headline.hpp"
#include "render/diff/diff_lines.hpp"
#include "render/diff/diff_sheets.hpp"
#include "render/html/answer_html.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/intake_html.hpp"
#include "render/html/legend.hpp"
#include "render/html/pair_bar.hpp"
#include "render/html/verdict_html.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kShownDifferences = 100;

/// The room of one table of one of the comparisons.
std::size_t room_of(std::size_t comparisons) { return 350'000 / comparisons / 4 + 2'000; }

Mood mood_of_name(std::string_view verdict) {
  if (verdict == name_of(Likeness::same)) return Mood::good;
  return verdict == name_of(Likeness::different) ? Mood::bad : Mood::doubtful;
}

/// The content of a column of verdicts.
auto verdicts_in(const Sheet& sheet, std::size_t column) {
  return [&sheet, column](std::size_t row, std::size_t at) {
    if (at != column) return Html();
    const std::string& word = sheet.rows[row][at].text;
    return verdict_html(word, mood_of_name(word));
  };
}

Html parts_of(const DiffReport& report, std::size_t room) {
  const Sheet sheet = sheet_of_parts(report);
  return html_table(
      sheet, {.caption = "verdict on each part", .room = room, .content = verdicts_in(sheet, 1)});
}

Html records_of(const DiffReport& report, std::size_t room) {
  const Sheet sheet = sheet_of_records(report);
  Html html;
  if (!sheet.rows.empty()) html += html_table(sheet, {"what each side has", room});
  return html + html_list(lines_of_records(report), "more line", room);
}

/// The axes with the answers of both sides, and the evidence of each on demand.
Html meaning_of(const DiffReport& report, std::size_t room) {
  Sheet sheet = sheet_of_meaning(report);
  std::vector<const AxisDifference*> axes;
  for (const AxisDifference& axis : report.meaning) {
    const bool is_shown = std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const Row& row) {
      return row.front().text == axis.axis;
    });
    if (is_shown) axes.push_back(&axis);
  }
  sheet.columns[4].content = Content::sentence;
  HtmlTable options{"what each count means, in A and in B", room};
  options.content = [&](std::size_t row, std::size_t column) {
    const AxisDifference& axis = *axes[row];
    switch (column) {
      case 1: return verdict_html(name_of(axis.verdict), mood_of(axis.verdict));
      case 2: return answer_html(axis.a, report.a.files);
      case 3: return answer_html(axis.b, report.b.files);
      default: return Html();
    }
  };
  Html html = sheet.rows.empty() ? Html() : html_table(sheet, options);
  return html + html_paragraph(absent_axes(report), "note");
}

/// The sums of both sides, as numbers and as pairs of bars.
Html totals_of(const DiffReport& report, std::size_t room) {
  const Sheet sheet = sheet_of_totals(report);
  if (sheet.rows.empty()) return {};
  Count longest = 0;
  for (const ValueDifference& value : report.values.totals)
    longest = std::max({longest, value.a.value_or(0), value.b.value_or(0)});
  HtmlTable options{"sums of A and of B", room};
  options.picture_title = "A above B";
  options.picture = [&](std::size_t row) {
    const ValueDifference& value = report.values.totals[row];
    return pair_bar(value.a, value.b, longest);
  };
  return legend({{"s0", "A"}, {"s1", "B"}}) + html_table(sheet, options);
}

Html differences_of(const DiffReport& report, std::size_t room) {
  const Sheet sheet = sheet_of_differences(report, kShownDifferences);
  if (sheet.rows.empty()) return {};
  Html html = html_table(sheet, {"the largest differences", room});
  const std::size_t all = report.values.largest().size();
  if (all > kShownDifferences)
    html += html_paragraph(fmt::format("{}; the JSON report has all of them",
                                       quantity(all - kShownDifferences, "more difference")),
                           "note");
  return html;
}

Html table_section(std::string_view title, const Sheet& sheet, std::string_view caption,
                   std::size_t room, int level) {
  if (sheet.rows.empty()) return {};
  return html_section(title, html_table(sheet, {caption, room}), level);
}

Html sides_of(const DiffReport& report) {
  return html_paragraph(accounting_line("A", report.a)) +
         html_paragraph(accounting_line("B", report.b));
}

Html body_of(const DiffReport& report, std::size_t room, int level) {
  Html body = intake_remarks(report.b.intake, level);
  if (report.is_empty()) return body + html_section("Sums", totals_of(report, room), level);
  body += html_section("Verdicts", parts_of(report, room), level);
  body += html_section("Records", records_of(report, room), level);
  body += html_section("Meaning", meaning_of(report, room), level);
  body += table_section("Client", sheet_of_client(report), "what the client made of each number",
                        room, level);
  body += table_section("Keys", sheet_of_keys(report), "keys that one side has more often", room,
                        level);
  body += html_section("Sums", totals_of(report, room), level);
  body += html_section("Largest differences", differences_of(report, room), level);
  return body;
}

/// The captures with their verdicts, where there are several.
Html overview(std::span<const DiffReport> comparisons) {
  Sheet sheet;
  sheet.columns = {
      {"capture", "capture"}, {"verdict", "verdict"}, {"reasons", "reasons", Content::sentence}};
  for (const DiffReport& report : comparisons)
    sheet.rows.push_back(
        {Cell(report.b.name), Cell(name_of(report.verdict)), Cell(diff_reasons(report))});
  return html_section("Captures", html_table(sheet, {.caption = "verdict on each capture",
                                                     .room = 100'000,
                                                     .content = verdicts_in(sheet, 1)}));
}

}  // namespace

std::string diff_html(std::span<const DiffReport> comparisons) {
  HtmlPage page;
  page.command = "diff";
  const Likeness verdict = worst_of(comparisons);
  const DiffReport& first = comparisons.front();
  const bool is_one = comparisons.size() == 1;
  const bool is_nothing = is_one && first.is_empty();
  page.title_text = is_nothing ? std::string("nothing to compare") : std::string(name_of(verdict));
  page.title = verdict_html(page.title_text, is_nothing ? Mood::doubtful : mood_of(verdict));
  page.body = intake_remarks(first.a.intake);
  const std::size_t room = room_of(comparisons.size());
  if (is_one) {
    page.lead = html_paragraph(diff_reasons(first), "lead");
    page.body += body_of(first, room, 2);
    page.footer = sides_of(first);
    return html_page(page);
  }
  page.lead = html_paragraph(captures_text(comparisons), "lead");
  page.body += overview(comparisons);
  std::size_t shown = 0;
  for (; shown < comparisons.size() && page.body.size() < kLargestPage - 250'000; ++shown) {
    const DiffReport& report = comparisons[shown];
    page.body += html_section(report.b.name, body_of(report, room, 3) + sides_of(report));
  }
  if (const std::size_t more = comparisons.size() - shown; more > 0)
    page.body +=
        html_paragraph(fmt::format("{} {} left out here; the JSON report has all of them",
                                   quantity(more, "more comparison"), more == 1 ? "is" : "are"),
                       "note");
  page.footer = html_paragraph(accounting_line("A", first.a));
  return html_page(page);
}

}  // namespace usagectl
