#include "render/parts/intake_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
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

/// The most frequent reasons, and how to see the rest.
std::string ignored_text(const Intake& intake) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::pair<std::uint64_t, std::string_view>> rules;
  for (const auto& [rule, number] : intake.ignored) {
    if (number > 0) rules.emplace_back(number, rule);
  }
  const std::string text = number_text(intake.ignored_total()) + " ignored";
  // The number is the same as the total.
  if (rules.size() == 1) return text + fmt::format(" ({})", visible_text(rules.front().second));
  const bool names_all = rules.size() <= kNamed;
  if (!names_all) {
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
  }
  std::vector<std::string> named;
  for (std::size_t i = 0; i < rules.size() && i < kNamed; ++i)
    named.push_back(number_text(rules[i].first) + " " + visible_text(rules[i].second));
  if (names_all) return text + " (" + joined(named, ", ") + ")";
  return text + fmt::format(" ({}, and {}: --format json lists all)", joined(named, ", "),
                            quantity(rules.size() - kNamed, "more reason"));
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
