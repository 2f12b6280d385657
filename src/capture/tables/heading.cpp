#include "capture/tables/heading.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 5> kAverages = {"average", "averages", "avg", "mean",
                                                       "median"};
constexpr std::array<std::string_view, 9> kNoUsage = {
    "limit", "limits", "quota", "quotas", "budget", "budgets", "price", "prices", "pricing"};
/// Beside such words, the table may have what was used as well.
constexpr std::array<std::string_view, 15> kUsed = {
    "usage", "used",   "spent", "spend", "consumed", "consumption", "total", "totals",
    "sum",   "actual", "vs",    "and",   "summary",  "report",      "all"};

bool has_any(const auto& words, const auto& list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  });
}

}  // namespace

HeadingSays heading_says(std::string_view heading) {
  const auto words = words_of(heading);
  constexpr std::array<std::string_view, 4> kBoth = {"total", "totals", "and", "sum"};
  if (has_any(words, kAverages))
    return has_any(words, kBoth) ? HeadingSays::nothing : HeadingSays::averages;
  return has_any(words, kNoUsage) && !has_any(words, kUsed) ? HeadingSays::no_usage
                                                            : HeadingSays::nothing;
}

}  // namespace usagectl
