#include "render/reconcile/finding_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "render/reconcile/file_name.hpp"
#include "render/text/number_text.hpp"
#include "render/text/paint.hpp"
#include "render/text/text_width.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabelWidth = 13;  // "calculated" and the space after it
constexpr std::size_t kRemarkGap = 3;
constexpr std::size_t kNarrowRemark = 24;  // less room than this, and the remark goes below
constexpr std::size_t kShownWitnesses = 10;

std::string spaces(std::size_t number) { return std::string(number, ' '); }

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::note: return Ink::faint;
    case Severity::warning: return Ink::doubtful;
    case Severity::error: return Ink::bad;
  }
  return Ink::plain;
}

std::size_t room_after(std::size_t indent, const Style& style) {
  const auto width = static_cast<std::size_t>(style.width);
  return width > indent + 1 ? width - indent : 1;
}

/// A text that starts after `indent` columns; its other lines are indented as far.
std::string hanging(std::string_view text, std::size_t indent, const Style& style) {
  if (style.width == 0) return std::string(text);
  return joined(wrapped_text(text, room_after(indent, style)), fmt::format("\n{:{}}", "", indent));
}

std::string file_and_line(const Place& place, const ReconcileReport& report) {
  std::string text = visible_text(file_name(report, place));
  if (place.line > 0) text += fmt::format(":{}", place.line);
  return text;
}

/// One of the numbers of a finding with its remark.
struct NumberLine {
  std::string_view label;
  std::string number;
  std::string remark;
  Ink ink = Ink::plain;
};

std::vector<NumberLine> number_lines(const Finding& finding, const std::string& explanation) {
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
bool names_counter(std::string_view pointer, std::string_view counter) {
  const std::size_t key = pointer.rfind('/');
  return key != std::string_view::npos &&
         pointer.substr(key).find(counter) != std::string_view::npos;
}

std::string rule_line(const Finding& finding, const Style& style) {
  const std::string separator = painted(" · ", Ink::faint, style);
  std::string text = painted(fmt::format("rule {}", name_of(finding.rule)), Ink::faint, style);
  if (finding.severity != Severity::error) {
    text += separator + painted(name_of(finding.severity), ink_of(finding.severity), style);
  }
  if (!finding.counter.empty() && !names_counter(finding.place.pointer, finding.counter)) {
    text += separator +
            painted(fmt::format("counter {}", visible_text(finding.counter)), Ink::faint, style);
  }
  if (!finding.cause.empty()) {
    text += separator +
            painted(fmt::format("cause {}", visible_text(finding.cause)), Ink::faint, style);
  }
  return spaces(kIndent) + text + "\n";
}

std::string counts_text(const Counts& counts) {
  std::vector<std::string> known;
  for (const Counter counter : kCounters) {
    if (const auto count = counts[counter]) {
      std::string name(name_of(counter));
      std::replace(name.begin(), name.end(), '_', ' ');
      known.push_back(fmt::format("{} {}", name, number_text(*count)));
    }
  }
  return joined(known, ", ");
}

std::string witness_line(std::string_view label, const Witness& witness, const Finding& finding,
                         const ReconcileReport& report, const Style& style) {
  std::vector<std::string> parts;
  const bool elsewhere =
      witness.place.file != finding.place.file || witness.place.line != finding.place.line;
  if (elsewhere || witness.place.pointer.empty()) {
    parts.push_back(file_and_line(witness.place, report));
  }
  if (!witness.place.pointer.empty()) parts.push_back(visible_text(witness.place.pointer));
  if (const auto counts = counts_text(witness.tokens); !counts.empty()) {
    parts.push_back(fmt::format("({})", counts));
  }
  constexpr std::size_t kAt = kIndent + kLabelWidth;
  return spaces(kIndent) + painted(label, Ink::faint, style) + spaces(kLabelWidth - label.size()) +
         hanging(joined(parts, "  "), kAt, style) + "\n";
}

}  // namespace

std::string finding_block(const Finding& finding, const ReconcileReport& report,
                          const Style& style) {
  const std::string file = file_and_line(finding.place, report);
  std::string text = painted(file, Ink::strong, style);
  if (!finding.place.pointer.empty()) {
    const std::string pointer = visible_text(finding.place.pointer);
    const bool fits = style.width == 0 || text_width(file) + kIndent + text_width(pointer) <=
                                              static_cast<std::size_t>(style.width);
    text.append(fits ? "" : "\n").append(spaces(kIndent)).append(pointer);
  }
  text += "\n";

  const std::string explanation = visible_text(finding.explanation);
  text += drawn(number_lines(finding, explanation), style);
  const auto sentence = [&](std::string_view words) {
    if (!words.empty()) text += spaces(kIndent) + hanging(words, kIndent, style) + "\n";
  };
  if (!finding.asserted && !finding.calculated) sentence(visible_text(finding.basis));
  if (!finding.difference()) sentence(explanation);
  text += rule_line(finding, style);

  for (std::size_t i = 0; i < finding.witnesses.size() && i < kShownWitnesses; ++i) {
    text += witness_line(i == 0 ? "witness" : "", finding.witnesses[i], finding, report, style);
  }
  if (finding.witnesses.size() > kShownWitnesses) {
    const std::size_t more = finding.witnesses.size() - kShownWitnesses;
    sentence(fmt::format("and {} more {}; the JSON report has all of them", number_text(more),
                         more == 1 ? "witness" : "witnesses"));
  }
  return text;
}

}  // namespace usagectl
