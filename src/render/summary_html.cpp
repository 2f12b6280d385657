#include "render/summary_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "render/html/chain_picture.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/intake_html.hpp"
#include "render/html/legend.hpp"
#include "render/html/part_bar.hpp"
#include "render/html/token_parts.hpp"
#include "render/parts/counter_columns.hpp"
#include "render/parts/intake_text.hpp"
#include "render/summary_chart.hpp"
#include "render/summary_sections.hpp"
#include "render/summary_sheet.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

std::string title_of(const SummaryReport& report) {
  const auto total = whole_sum(report.total, Counter::total);
  if (is_empty(report) || !total) return "Token usage";
  return fmt::format("{} tokens", number_text(*total));
}

/// What a figure is a share of: the cache is in input, reasoning in output.
std::string share_of(const Tally& tally, Counter counter) {
  const bool is_of_input = counter == Counter::cache_read || counter == Counter::cache_write;
  if (!is_of_input && counter != Counter::reasoning) return {};
  const Counter of = is_of_input ? Counter::input : Counter::output;
  const auto part = whole_sum(tally, counter);
  const auto whole = whole_sum(tally, of);
  if (!part || !whole || *whole <= 0 || *part > *whole) return {};
  return fmt::format("{} of {}", share_text(*part, *whole), name_of(of));
}

/// The sums over everything, but for the total that is the heading.
Html figures(const Tally& tally) {
  Html figures;
  for (const auto& [counter, title, weight] : kCounterColumns) {
    const auto sum = tally.sum_of(counter);
    if (!sum || (counter == Counter::total && whole_sum(tally, counter))) continue;
    Html figure = Html::element("dt", title) + Html::element("dd", number_text(*sum));
    std::string note = share_of(tally, counter);
    const std::uint64_t known = tally.known_of(counter);
    if (known < tally.records && counter != Counter::chain_length)
      note =
          fmt::format("known for {} of {}", number_text(known), quantity(tally.records, "record"));
    if (!note.empty()) figure += Html::element("dd", note);
    figures += Html::element("div", {}, figure);
  }
  return figures.empty() ? Html() : Html::element("dl", {{"class", "figures"}}, figures);
}

/// The parts of the total as one bar with their shares.
Html all_parts(const Tally& tally) {
  const std::vector<TokenPart> parts = token_parts(tally);
  if (parts.size() < 2) return {};
  const Count total = tally.sum_of(Counter::total).value_or(0);
  std::vector<LegendEntry> entries;
  for (const TokenPart& part : parts)
    entries.push_back(
        {std::string(part.style), fmt::format("{} {} ({})", part.name, number_text(part.count),
                                              share_text(part.count, total))});
  return part_bar(parts, total, "wide") + legend(entries);
}

/// The parts of a row, or its whole as one where they are unknown.
std::vector<TokenPart> parts_or_whole(const Tally& tally) {
  std::vector<TokenPart> parts = token_parts(tally);
  const auto total = tally.sum_of(Counter::total);
  if (parts.empty() && total && *total > 0) parts = {{"total", "rest", *total}};
  return parts;
}

/// The tally of a row of the table: of a group, or of what a limit leaves out.
Tally tally_of_row(const Breakdown& breakdown, std::size_t row) {
  return row < breakdown.groups.size() ? breakdown.groups.tally_of(row) : breakdown.rest;
}

/// What the bars of the rows of a table have in common, and what their colours are.
struct Bars {
  std::size_t rows = 0;
  Count longest = 0;
  bool are_divided = false;
  std::vector<LegendEntry> entries;

  void add(const Tally& tally) {
    ++rows;
    const std::vector<TokenPart> parts = parts_or_whole(tally);
    if (parts.empty()) return;
    longest = std::max(longest, tally.sum_of(Counter::total).value_or(0));
    are_divided = are_divided || parts.front().style != "rest";
    for (const TokenPart& part : parts) {
      const auto known =
          std::find_if(entries.begin(), entries.end(),
                       [&](const LegendEntry& entry) { return entry.style == part.style; });
      if (known == entries.end()) {
        entries.push_back({std::string(part.style), std::string(part.name)});
      } else if (part.name.starts_with("other")) {
        known->text = part.name;  // the rest in one row, all of it in another
      }
    }
  }
  Html legend_of() {
    constexpr std::string_view kOrder[] = {"cache-read", "cache-write", "input", "tool",
                                           "reasoning",  "output",      "rest"};
    std::stable_sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
      const auto place = [&](const auto& entry) {
        return std::find(std::begin(kOrder), std::end(kOrder), entry.style);
      };
      return place(a) < place(b);
    });
    return are_divided ? legend(entries) : Html();
  }
};

Bars bars_of(const Breakdown& breakdown) {
  Bars bars;
  const std::size_t rows = breakdown.groups.size() + (breakdown.rest_groups > 0 ? 1 : 0);
  for (std::size_t row = 0; row < rows; ++row) bars.add(tally_of_row(breakdown, row));
  return bars;
}

Html table_of(const Breakdown& breakdown, const Tally& total, std::string_view caption,
              std::size_t room) {
  Bars bars = bars_of(breakdown);
  const Html legend = bars.legend_of();
  HtmlTable options{caption, room};
  // One bar alone compares nothing, unless it is divided.
  const bool has_bars = bars.longest > 0 && (bars.rows > 1 || bars.are_divided);
  if (has_bars) {
    options.picture_title = "parts of the total";
    options.picture = [&](std::size_t row) {
      std::vector<TokenPart> parts = parts_or_whole(tally_of_row(breakdown, row));
      if (legend.empty()) {
        for (TokenPart& part : parts) part.style = "s0";  // grey would say that others are divided
      }
      return part_bar(parts, bars.longest);
    };
    if (legend.empty()) options.picture_title = "total";
  }
  Html html = has_bars ? legend : Html();
  html += html_table(summary_sheet(breakdown, total), options);
  for (const std::string& note : footnotes(total)) html += html_paragraph(note, "note");
  return html;
}

Html section_of(std::string_view title, const Breakdown& breakdown, std::size_t room) {
  const std::string caption =
      breakdown.by.empty() ? "sum over all records" : "usage " + heading_of(breakdown);
  return html_section(
      title, summary_chart(breakdown) + table_of(breakdown, tally_of(breakdown), caption, room));
}

/// The chains of a simulation, each response a dot.
Html chains_of(const Breakdown& breakdown) {
  Sheet sheet;
  for (const std::string& name : breakdown.by) sheet.columns.push_back({name, name});
  sheet.columns.push_back({"responses", "responses", Content::number});
  std::vector<Count> lengths;
  for (const SummaryGroup& group : breakdown.groups) {
    const auto length = group.tally.sum_of(Counter::chain_length);
    if (!length) continue;
    Row row;
    for (const auto& value : group.key) row.push_back(value ? Cell(*value) : Cell());
    row.push_back(Cell(*length));
    sheet.rows.push_back(std::move(row));
    lengths.push_back(*length);
  }
  if (sheet.rows.empty() || breakdown.by.empty()) return {};
  HtmlTable options{"responses that are kept in chains", 100'000};
  options.picture_title = "chains";
  options.picture = [&lengths](std::size_t row) { return chain_picture(lengths[row]); };
  return html_section("Chains", html_table(sheet, options));
}

/// "by model" as a heading: "By model".
std::string as_heading(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

std::string summary_html(const SummaryReport& report) {
  constexpr std::size_t kRoomOfMain = 400'000;
  constexpr std::size_t kRoomOfOthers = 60'000;
  HtmlPage page;
  page.command = "summarize";
  page.title_text = title_of(report);
  page.title = Html::text(page.title_text);
  page.footer = intake_footer(report.intake);
  if (is_empty(report)) {
    page.lead = html_paragraph(nothing_counted_text(report.intake), "lead");
    page.body = intake_remarks(report.intake);
    return html_page(page);
  }
  page.lead = figures(report.total) + all_parts(report.total);
  page.body = intake_remarks(report.intake);
  const auto tables = main_tables(report);
  for (const auto& [title, table] : tables) {
    if (table.by.empty()) continue;  // the figures above
    const std::string heading = title.empty() ? heading_of(table) : title;
    page.body += section_of(as_heading(heading), table, kRoomOfMain / tables.size());
  }
  for (std::size_t i = 0; i < report.others.size(); ++i) {
    if (page.body.size() > kLargestPage - 2 * kRoomOfOthers) break;
    page.body +=
        section_of(as_heading(heading_of(report.others[i])), report.others[i], kRoomOfOthers);
  }
  for (const auto& [title, table] : tables) {
    if (page.body.size() < kLargestPage - 2 * kRoomOfOthers) page.body += chains_of(table);
  }
  if (!report.zone.empty()) page.body += html_paragraph(zone_text(report), "note");
  if (report.calculated) {
    for (const std::string& note : price_notes(*report.calculated))
      page.body += html_paragraph(note, "note");
  }
  return html_page(page);
}

}  // namespace usagectl
