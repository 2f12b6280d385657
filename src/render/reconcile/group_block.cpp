#include "render/reconcile/group_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "render/reconcile/finding_block.hpp"
#include "render/reconcile/finding_parts.hpp"
#include "render/reconcile/group_parts.hpp"
#include "render/text/number_text.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// Of errors every number is shown, of the rest so many.
constexpr std::size_t kShownDoubts = 5;

std::string indented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.append(kIndent, ' ').append(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string table_of(const Sheet& sheet, const Style& style) {
  Style inner = style;
  if (style.width > 0) inner.width = std::max(1, style.width - static_cast<int>(kIndent));
  return indented(text_table(sheet, inner));
}

}  // namespace

std::string group_block(const FindingGroup& group, const ReconcileReport& report,
                        const Style& style) {
  if (group.size() == 1) return finding_block(report.findings[group.front()], report, style);
  const SharedParts shared = shared_by(group, report);
  const Finding& first = shared.first();
  std::string text = place_line(file_of(shared, report), visible_text(shared.pointer), style);
  const auto sentence = [&](std::string_view words) {
    if (words.empty()) return;
    text.append(kIndent, ' ').append(hanging(words, kIndent, style)).append("\n");
  };
  constexpr std::string_view kEquals = "equals ";  // in a block of one, the difference
  sentence((shared.explanation.starts_with(kEquals) ? "the difference " : "") +
           visible_text(shared.explanation));
  if (shared.is_all_of_one_basis && !shared.basis.empty())
    sentence(fmt::format("calculated: {}", visible_text(shared.basis)));
  const Sheet sheet = numbers_sheet(shared, report, kShownDoubts);
  const bool says_something = std::any_of(sheet.rows.begin(), sheet.rows.end(), [](const Row& row) {
    return std::any_of(row.begin(), row.end(),
                       [](const Cell& cell) { return cell.kind != Cell::Kind::unknown; });
  });
  if (says_something) text += table_of(sheet, style);
  if (const std::size_t more = group.size() - sheet.rows.size(); more > 0)
    sentence(fmt::format("and {} more; the JSON report has all of them", number_text(more)));
  text += rule_line(rules_of(shared), first, {}, style);
  return text + witness_lines(witnesses_of(shared), first.place, report, style);
}

}  // namespace usagectl
