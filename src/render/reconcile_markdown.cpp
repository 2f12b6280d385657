#include "render/reconcile_markdown.hpp"

#include <fmt/format.h>

#include "render/intake_text.hpp"
#include "render/markdown.hpp"
#include "render/problem_text.hpp"
#include "render/reconcile_sheet.hpp"
#include "render/verdict_text.hpp"
#include "render/words.hpp"

namespace usagectl {
namespace {

/// Findings without number keep at least this share of the room, whatever could not be read.
constexpr std::size_t kRoomForProblems = kLargestMarkdown / 4;

/// A list of what could not be read, as far as it fits.
std::string problems_list(const Intake& intake) {
  if (intake.problems.empty()) return {};
  std::string text = "### Not read\n\n";
  std::size_t written = 0;
  for (const Problem& problem : intake.problems) {
    const std::string line = "- " + markdown_text(problem_text(problem)) + "\n";
    if (text.size() + line.size() > kRoomForProblems) break;
    text += line;
    ++written;
  }
  if (const std::size_t missing = intake.problems.size() - written; missing > 0) {
    text += fmt::format("\n{} left out here: the text would become too large.\n", quantity(missing, "more problem"));
  }
  return text + "\n";
}

}  // namespace

std::string reconcile_markdown(const ReconcileReport& report) {
  std::string text = fmt::format("## reconcile: {}\n\n", name_of(report.verdict));
  text += markdown_text(verdict_text(report)) + "\n\n";
  text += problems_list(report.intake);
  const std::string accounting = markdown_text(accounting_text(report.intake)) + "\n";
  if (!report.findings.empty()) {
    const std::size_t room = kLargestMarkdown - text.size() - accounting.size() - 1;
    text += markdown_table(reconcile_sheet(report), room) + "\n";
  }
  return text + accounting;
}

}  // namespace usagectl
