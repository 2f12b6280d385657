#include "render/reconcile/finding_line.hpp"

#include <fmt/format.h>

#include <vector>

#include "render/text/money_text.hpp"
#include "render/text/number_text.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {

std::string finding_line(const Finding& finding) {
  std::vector<std::string> numbers;
  const std::string basis = visible_text(finding.basis);
  if (const auto& cost = finding.cost) {
    numbers.push_back("asserted " + cost_text(cost->asserted, cost->currency));
    numbers.push_back(fmt::format("calculated {}{}", cost_text(cost->calculated, cost->currency),
                                  basis.empty() ? basis : fmt::format(" ({})", basis)));
    numbers.push_back("difference " + money_difference_text(cost->difference()));
  } else if (finding.asserted || finding.calculated) {
    numbers.push_back(fmt::format("asserted {}", number_text(finding.asserted)));
    numbers.push_back(fmt::format("calculated {}{}", number_text(finding.calculated),
                                  basis.empty() ? basis : fmt::format(" ({})", basis)));
    if (const auto difference = finding.difference()) {
      numbers.push_back(fmt::format("difference {}", difference_text(*difference)));
    }
  } else if (!basis.empty()) {
    numbers.push_back(basis);
  }
  std::vector<std::string> parts;
  if (!finding.place.pointer.empty()) parts.push_back(visible_text(finding.place.pointer));
  if (!numbers.empty()) parts.push_back(joined(numbers, ", "));
  if (!finding.explanation.empty()) parts.push_back(visible_text(finding.explanation));
  std::string text = joined(parts, ": ");
  if (!finding.cause.empty()) text += fmt::format(" [{}]", visible_text(finding.cause));
  return text.empty() ? std::string(meaning_of(finding.rule)) : text;
}

}  // namespace usagectl
