#include "render/reconcile/finding_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "render/reconcile/finding_parts.hpp"
#include "render/text/money_text.hpp"
#include "render/text/number_text.hpp"
#include "render/text/paint.hpp"
#include "render/text/text_width.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kRemarkGap = 3;
constexpr std::size_t kNarrowRemark = 24;  // less room than this, and the remark goes below

std::string spaces(std::size_t number) { return std::string(number, ' '); }

/// One of the numbers of a finding with its remark.
struct NumberLine {
  std::string_view label;
  std::string number;
  std::string remark;
  Ink ink = Ink::plain;
};

std::vector<NumberLine> number_lines(const Finding& finding, const std::string& explanation) {
  if (const auto& cost = finding.cost) {
    const std::string unit =
        cost->currency.is_known() ? " " + std::string(cost->currency.code()) : "";
    return {{"asserted", cost->asserted.text() + unit, {}, Ink::plain},
            {"calculated", cost->calculated.text() + unit, visible_text(finding.basis), Ink::plain},
            {"difference", money_difference_text(cost->difference()) + unit, explanation,
             ink_of(finding.severity)}};
  }
  if (!finding.asserted && !finding.calculated) return {};
  std::vector<NumberLine> lines = {
      {"asserted", number_text(finding.asserted), {}, Ink::plain},
      {"calculated", number_text(finding.calculated), visible_text(finding.basis), Ink::plain}};
  if (const auto difference = finding.difference()) {
    lines.push_back({"difference", difference_text(*difference), explanation,
                     *difference == 0 ? Ink::plain : ink_of(finding.severity)});
  }
  return lines;
}

std::string drawn(const std::vector<NumberLine>& lines, const Style& style) {
  std::size_t number_width = 0;
  for (const auto& line : lines) number_width = std::max(number_width, line.number.size());
  const std::size_t remark_at = kIndent + kLabelWidth + number_width + kRemarkGap;
  const bool remark_below = style.width > 0 && room_after(remark_at, style) < kNarrowRemark;

  std::string text;
  for (const auto& [label, number, remark, ink] : lines) {
    text += spaces(kIndent);
    text += painted(label, Ink::faint, style);
    text += spaces(kLabelWidth - label.size() + number_width - number.size());
    text += painted(number, ink, style);
    if (!remark.empty() && remark_below) {
      text.append("\n").append(spaces(2 * kIndent)).append(hanging(remark, 2 * kIndent, style));
    } else if (!remark.empty()) {
      text += spaces(kRemarkGap) + hanging(remark, remark_at, style);
    }
    text += "\n";
  }
  return text;
}

/// Whether the key that asserts the number already names the counter.
bool names_counter_itself(const Finding& finding) {
  const std::string_view pointer = finding.place.pointer;
  const std::size_t key = pointer.rfind('/');
  return key != std::string_view::npos &&
         pointer.substr(key).find(finding.counter) != std::string_view::npos;
}

}  // namespace

std::string finding_block(const Finding& finding, const ReconcileReport& report,
                          const Style& style) {
  std::string text =
      place_line(file_and_line(finding.place, report), visible_text(finding.place.pointer), style);

  const std::string explanation = visible_text(finding.explanation);
  text += drawn(number_lines(finding, explanation), style);
  const auto sentence = [&](std::string_view words) {
    if (!words.empty()) text += spaces(kIndent) + hanging(words, kIndent, style) + "\n";
  };
  if (!finding.asserted && !finding.calculated && !finding.cost)
    sentence(visible_text(finding.basis));
  if (!finding.difference() && !finding.cost) sentence(explanation);
  const bool names_counter = names_counter_itself(finding);
  text += rule_line({std::string(name_of(finding.rule))}, finding,
                    names_counter ? std::string_view() : std::string_view(finding.counter), style);

  text += witness_lines(finding.witnesses, finding.place, report, style);
  return text;
}

}  // namespace usagectl
