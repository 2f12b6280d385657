#include "render/reconcile/reconcile_markdown.hpp"

#include <fmt/format.h>

#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// Leaves at least half of the room to the findings.
constexpr std::size_t kRoomForList = kLargestMarkdown / 5;

/// A list with a title, as far as it fits. Empty if there are no things.
template <typename Thing>
std::string list_of(std::string_view title, const std::vector<Thing>& things,
                    std::string (*text_of)(const Thing&), std::string_view called) {
  if (things.empty()) return {};
  std::string text = fmt::format("### {}\n\n", title);
  std::size_t written = 0;
  for (const Thing& thing : things) {
    const std::string line = "- " + markdown_text(text_of(thing)) + "\n";
    if (text.size() + line.size() > kRoomForList) break;
    text += line;
    ++written;
  }
  if (const std::size_t missing = things.size() - written; missing > 0) {
    text +=
        fmt::format("\n{} not shown: the report would be too large.\n", quantity(missing, called));
  }
  return text + "\n";
}

}  // namespace

std::string reconcile_markdown(const ReconcileReport& report) {
  const std::string_view word = verdict_word(report);
  std::string text = fmt::format("## {}: {}\n\n", report.command,
                                 word.empty() ? std::string_view("nothing to check") : word);
  text += markdown_text(verdict_text(report)) + "\n\n";
  text += list_of("Not read", report.intake.problems, problem_text, "more problem");
  if (report.baseline) {
    text += list_of("Expired", report.baseline->expired, expired_text, "more finding");
    text += list_of("Resolved", report.baseline->gone, resolved_text, "more finding");
  }
  const std::string accounting = markdown_text(accounting_text(report.intake)) + "\n";
  if (!report.findings.empty()) {
    const std::size_t room = kLargestMarkdown - text.size() - accounting.size() - 1;
    text += markdown_table(reconcile_sheet(report), room) + "\n";
  }
  return text + accounting;
}

}  // namespace usagectl
