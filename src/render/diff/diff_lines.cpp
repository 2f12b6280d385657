#include "render/diff/diff_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/diff/diff_sheets.hpp"
#include "render/parts/intake_text.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostPlaces = 10;

void add_places(std::vector<std::string>& lines, const std::vector<std::size_t>& calls,
                const Side& side, std::string_view name) {
  for (std::size_t i = 0; i < calls.size() && i < kMostPlaces; ++i) {
    lines.push_back(
        fmt::format("only in {}: {}", name, place_text(side.calls[calls[i]].place, side.files)));
  }
  if (calls.size() > kMostPlaces) {
    lines.push_back(
        fmt::format("only in {}: {} more", name, quantity(calls.size() - kMostPlaces, "call")));
  }
}

}  // namespace

std::vector<std::string> lines_of_records(const DiffReport& report) {
  std::vector<std::string> lines;
  add_places(lines, report.records.unpaired_a, report.a, "A");
  add_places(lines, report.records.unpaired_b, report.b, "B");
  for (const FormatChange& change : report.records.formats)
    lines.push_back(fmt::format("{}: {} in A, {} in B", change.entity, change.a, change.b));
  if (!report.continuation.sentence.empty()) lines.push_back(report.continuation.sentence);
  return lines;
}

std::string rest_text(const DiffReport& report) {
  const std::size_t all = report.values.largest().size();
  if (all <= kMostDifferences) return {};
  return fmt::format("{} more; --format json or csv has all",
                     quantity(all - kMostDifferences, "difference"));
}

std::string accounting_line(std::string_view letter, const Side& side) {
  std::string text =
      fmt::format("{} is {}: {}", letter, visible_text(side.name), accounting_text(side.intake));
  if (side.doubts > 0) text += fmt::format("; {}, see reconcile", quantity(side.doubts, "doubt"));
  return text;
}

Likeness worst_of(std::span<const DiffReport> comparisons) {
  Likeness verdict = Likeness::same;
  for (const DiffReport& report : comparisons) verdict = worse(verdict, report.verdict);
  return verdict;
}

std::string captures_text(std::span<const DiffReport> comparisons) {
  const auto fail = static_cast<std::uint64_t>(
      std::count_if(comparisons.begin(), comparisons.end(),
                    [](const DiffReport& report) { return report.fails(); }));
  return fmt::format("{} of {} captures {} the comparison with {}", comparisons.size() - fail,
                     comparisons.size(), comparisons.size() - fail == 1 ? "passes" : "pass",
                     visible_text(comparisons.front().a.name));
}

}  // namespace usagectl
