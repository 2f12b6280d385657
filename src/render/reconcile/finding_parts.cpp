#include "render/reconcile/finding_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/reconcile/file_name.hpp"
#include "render/text/number_text.hpp"
#include "render/text/text_width.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kShownWitnesses = 10;

std::string spaces(std::size_t number) { return std::string(number, ' '); }

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

std::string witness_line(std::string_view label, const Witness& witness, const Place& from,
                         const ReconcileReport& report, const Style& style) {
  std::vector<std::string> parts;
  const bool elsewhere = witness.place.file != from.file || witness.place.line != from.line;
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

std::string hanging(std::string_view text, std::size_t indent, const Style& style) {
  if (style.width == 0) return std::string(text);
  return joined(wrapped_text(text, room_after(indent, style)), fmt::format("\n{:{}}", "", indent));
}

std::string file_and_line(const Place& place, const ReconcileReport& report) {
  std::string text = visible_text(file_name(report, place));
  if (place.line > 0) text += fmt::format(":{}", place.line);
  return text;
}

std::string place_line(std::string_view file, std::string_view pointer, const Style& style) {
  std::string text = painted(file, Ink::strong, style);
  if (!pointer.empty()) {
    const bool fits = style.width == 0 || text_width(file) + kIndent + text_width(pointer) <=
                                              static_cast<std::size_t>(style.width);
    text.append(fits ? "" : "\n").append(spaces(kIndent)).append(pointer);
  }
  return text + "\n";
}

std::string rule_line(const std::vector<std::string>& rules, const Finding& finding,
                      std::string_view counter, const Style& style) {
  const std::string separator = painted(" · ", Ink::faint, style);
  std::string text =
      painted(fmt::format("{} {}", rules.size() == 1 ? "rule" : "rules", joined(rules, ", ")),
              Ink::faint, style);
  if (finding.severity != Severity::error)
    text += separator + painted(name_of(finding.severity), ink_of(finding.severity), style);
  const auto add = [&](std::string_view what, std::string_view name) {
    if (name.empty()) return;
    text += separator + painted(fmt::format("{} {}", what, visible_text(name)), Ink::faint, style);
  };
  add("counter", counter);
  add("cause", finding.cause);
  return spaces(kIndent) + text + "\n";
}

std::string witness_lines(const std::vector<Witness>& witnesses, const Place& from,
                          const ReconcileReport& report, const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < witnesses.size() && i < kShownWitnesses; ++i)
    text += witness_line(i == 0 ? "witness" : "", witnesses[i], from, report, style);
  if (witnesses.size() > kShownWitnesses) {
    const std::size_t more = witnesses.size() - kShownWitnesses;
    const std::string words = fmt::format("and {} more {}; the JSON report has all of them",
                                          number_text(more), more == 1 ? "witness" : "witnesses");
    text += spaces(kIndent) + hanging(words, kIndent, style) + "\n";
  }
  return text;
}

}  // namespace usagectl
