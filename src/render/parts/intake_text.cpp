#include "render/parts/intake_text.hpp"

#include <fmt/format.h>

#include <vector>

#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

std::string amount_text(const Intake& intake) {
  std::string text = quantity(intake.files, "file") + ", " + quantity(intake.bytes, "byte");
  if (intake.lines > 0) text += fmt::format(", {}", quantity(intake.lines, "line"));
  return text;
}

std::string ignored_text(const Intake& intake) {
  std::vector<std::string> rules;
  for (const auto& [rule, number] : intake.ignored) {
    if (number > 0) rules.push_back(number_text(number) + " " + visible_text(rule));
  }
  std::string text = number_text(intake.ignored_total()) + " ignored";
  if (rules.size() == 1) {
    // The number is the same as the total.
    return text + " (" + rules.front().substr(rules.front().find(' ') + 1) + ")";
  }
  return text + " (" + joined(rules, ", ") + ")";
}

std::string buckets_text(const Intake& intake) {
  std::vector<std::string> buckets;
  if (intake.counted > 0) buckets.push_back(number_text(intake.counted) + " counted");
  if (intake.duplicate > 0) buckets.push_back(number_text(intake.duplicate) + " duplicate");
  if (intake.ignored_total() > 0) buckets.push_back(ignored_text(intake));
  if (intake.rejected > 0) buckets.push_back(number_text(intake.rejected) + " rejected");
  if (buckets.empty()) return "no usage found";
  return quantity(intake.objects(), "object") + " = " + joined(buckets, " + ");
}

std::string problems_text(const Intake& intake) {
  if (intake.problems.empty()) return {};
  return fmt::format("; {}", quantity(intake.problems.size(), "problem"));
}

}  // namespace

std::string accounting_text(const Intake& intake) {
  return amount_text(intake) + ": " + buckets_text(intake) + problems_text(intake);
}

std::string nothing_counted_text(const Intake& intake) {
  return "no usage records: " + amount_text(intake) + ", " + buckets_text(intake) +
         problems_text(intake);
}

}  // namespace usagectl
