#include "render/reconcile/group_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/cause.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/waterfall.hpp"
#include "render/reconcile/finding_parts.hpp"
#include "render/reconcile/group_parts.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kShownNumbers = 50;
constexpr std::size_t kRoomOfNumbers = 30'000;
constexpr std::size_t kShownWitnesses = 20;
constexpr std::size_t kShownPictures = 6;
constexpr std::size_t kShownParts = 60;

Html code(std::string_view text) { return Html::element("code", text); }

Html heading(const SharedParts& shared, const ReconcileReport& report) {
  Html content = Html::path(file_of(shared, report));
  if (!shared.pointer.empty()) content += Html::text(" ") + code(shared.pointer);
  return Html::element("h3", {}, content);
}

std::string sentence_of(const SharedParts& shared) {
  constexpr std::string_view kEquals = "equals ";
  const std::string& explanation =
      shared.findings.size() == 1 ? shared.first().explanation : shared.explanation;
  std::string text = (explanation.starts_with(kEquals) ? "the difference " : "") + explanation;
  // A word is capitalised, a name of a log is not.
  const std::size_t word = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  if (word != 0 && word != std::string::npos && text[word] == ' ')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

Html numbers_of(const SharedParts& shared, const ReconcileReport& report) {
  const Sheet sheet = numbers_sheet(shared, report, kShownNumbers);
  if (shown_columns(sheet).empty()) return {};
  HtmlTable options{"numbers of this finding", kRoomOfNumbers};
  options.content = [&](std::size_t row, std::size_t column) {
    const Cell& cell = sheet.rows[row][column];
    const bool is_place = sheet.columns[column].content == Content::pointer;
    return is_place && cell.kind == Cell::Kind::text ? code(cell.text) : Html();
  };
  Html html = html_table(sheet, options);
  if (const std::size_t more = shared.findings.size() - sheet.rows.size(); more > 0)
    html += html_paragraph(
        fmt::format("and {} more; the JSON report has all of them", number_text(more)), "note");
  return html;
}

std::string description_of(const Finding& finding) {
  return fmt::format("{}: asserted {}, calculated {}, difference {}",
                     finding.counter.empty() ? "number" : finding.counter,
                     number_text(finding.asserted), number_text(finding.calculated),
                     difference_text(finding.difference().value_or(0)));
}

Html picture_of(const Finding& finding) {
  const std::vector<WaterfallBar> bars = waterfall_bars(finding);
  Html html = waterfall(bars, description_of(finding));
  std::vector<std::string> parts;
  for (const WaterfallBar& bar : bars) {
    if (bar.kind == WaterfallBar::Kind::part && parts.size() < kShownParts)
      parts.push_back(fmt::format("{}: {}", bar.label, bar.value));
  }
  // A screen reader needs them, and so does who copies them.
  if (parts.size() < 2) return html;
  const Html summary =
      Html::element("summary", fmt::format("the {}", quantity(parts.size(), "part")));
  return html + Html::element("details", {}, summary + html_list(parts, "more part", 10'000));
}

/// The sums that fail, the first as it is and the others on demand.
Html pictures_of(const SharedParts& shared) {
  std::vector<const Finding*> sums;
  for (const Finding* finding : shared.findings) {
    if (finding->rule == Rule::sum && !waterfall_bars(*finding).empty()) sums.push_back(finding);
  }
  if (sums.empty()) return {};
  const auto has_parts = [](const Finding* finding) { return !finding->parts.empty(); };
  std::stable_partition(sums.begin(), sums.end(), has_parts);
  Html html;
  const auto titled = [](const Finding* finding) {
    std::string title(finding->counter);
    if (!finding->basis.empty()) title += "; calculated: " + finding->basis;
    return html_paragraph(title, "faint") + picture_of(*finding);
  };
  html += titled(sums.front());
  const std::size_t end = std::min(sums.size(), kShownPictures);
  if (end < 2) return html;
  Html others =
      Html::element("summary", fmt::format("{} as a picture", quantity(end - 1, "more number")));
  for (std::size_t i = 1; i < end; ++i) others += titled(sums[i]);
  return html + Html::element("details", {}, others);
}

std::string counts_text(const Counts& counts) {
  std::vector<std::string> known;
  for (const Counter counter : kCounters) {
    if (const auto count = counts[counter])
      known.push_back(fmt::format("{} {}", name_of(counter), number_text(*count)));
  }
  return joined(known, ", ");
}

Html witnesses_html(const SharedParts& shared, const ReconcileReport& report) {
  const std::vector<Witness> witnesses = witnesses_of(shared);
  if (witnesses.empty()) return {};
  Html items;
  for (std::size_t i = 0; i < witnesses.size() && i < kShownWitnesses; ++i) {
    const Witness& witness = witnesses[i];
    Html item = Html::text(file_and_line(witness.place, report) + " ");
    if (!witness.place.pointer.empty()) item += code(witness.place.pointer);
    if (const std::string counts = counts_text(witness.tokens); !counts.empty())
      item += Html::text(" (" + counts + ")");
    items += Html::element("li", {}, item);
  }
  const bool is_one = witnesses.size() == 1;
  const std::string title = is_one ? std::string("1 witness")
                                   : fmt::format("{} witnesses", number_text(witnesses.size()));
  Html html = Html::element("summary", title) + Html::element("ul", {}, items);
  if (witnesses.size() > kShownWitnesses)
    html += html_paragraph(fmt::format("and {} more; the JSON report has all of them",
                                       number_text(witnesses.size() - kShownWitnesses)),
                           "note");
  return Html::element("details", {}, html);
}

std::string meaning_of_cause(std::string_view id) {
  for (const Cause& cause : causes()) {
    if (cause.id == id) return std::string(cause.shows);
  }
  return {};
}

/// "rule sum · warning · cause detail-missing", and on demand what they mean.
Html rule_html(const SharedParts& shared) {
  const Finding& first = shared.first();
  const std::vector<std::string> rules = rules_of(shared);
  std::string line = fmt::format("{} · {} {}", name_of(first.severity),
                                 rules.size() == 1 ? "rule" : "rules", joined(rules, ", "));
  if (!first.cause.empty()) line += fmt::format(" · cause {}", first.cause);
  Html facts;
  for (const std::string& name : rules) {
    const auto rule = rule_named(name);
    if (rule) facts += Html::element("dt", "rule " + name) + Html::element("dd", help_of(*rule));
  }
  if (!first.cause.empty()) {
    facts += Html::element("dt", fmt::format("cause {}", first.cause)) +
             Html::element("dd", meaning_of_cause(first.cause));
  }
  return Html::element(
      "details", {},
      Html::element("summary", line) + Html::element("dl", {{"class", "facts"}}, facts));
}

}  // namespace

Html group_html(const FindingGroup& group, const ReconcileReport& report) {
  const SharedParts shared = shared_by(group, report);
  Html html = heading(shared, report);
  html += html_paragraph(sentence_of(shared));
  if (shared.is_all_of_one_basis && !shared.basis.empty())
    html += html_paragraph(fmt::format("Calculated: {}", shared.basis), "faint");
  html += numbers_of(shared, report);
  html += pictures_of(shared);
  html += witnesses_html(shared, report);
  html += rule_html(shared);
  const std::string style = fmt::format("finding {}", name_of(shared.first().severity));
  return Html::element("article", {{"class", style}}, html);
}

}  // namespace usagectl
