#include "render/html/intake_html.hpp"

#include <string>
#include <vector>

#include "render/html/html_page.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// A long list is there on demand, so that what follows is seen.
Html few_at_once(const std::vector<std::string>& lines, std::string_view called) {
  constexpr std::size_t kRoom = 50'000;
  constexpr std::size_t kFew = 6;
  if (lines.size() <= kFew) return html_list(lines, called, kRoom);
  const auto rest = lines.begin() + kFew - 1;
  const Html summary =
      Html::element("summary", quantity(static_cast<std::uint64_t>(lines.end() - rest), called));
  return html_list({lines.begin(), rest}, called, kRoom) +
         Html::element("details", {}, summary + html_list({rest, lines.end()}, called, kRoom));
}

}  // namespace

Html intake_remarks(const Intake& intake, int level) {
  std::vector<std::string> problems;
  for (const Problem& problem : intake.problems) problems.push_back(problem_text(problem));
  return html_section("Not read", few_at_once(problems, "more problem"), level) +
         html_section("Warnings", few_at_once(intake.warnings, "more warning"), level);
}

Html intake_footer(const Intake& intake) { return html_paragraph(accounting_text(intake)); }

}  // namespace usagectl
