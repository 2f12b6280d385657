#include "render/html/intake_html.hpp"

#include <string>
#include <vector>

#include "render/html/html_page.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"

namespace usagectl {

Html intake_remarks(const Intake& intake, int level) {
  constexpr std::size_t kRoom = 50'000;
  std::vector<std::string> problems;
  for (const Problem& problem : intake.problems) problems.push_back(problem_text(problem));
  return html_section("Not read", html_list(problems, "more problem", kRoom), level) +
         html_section("Warnings", html_list(intake.warnings, "more warning", kRoom), level);
}

Html intake_footer(const Intake& intake) { return html_paragraph(accounting_text(intake)); }

}  // namespace usagectl
