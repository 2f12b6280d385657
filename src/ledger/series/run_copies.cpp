#include "ledger/series/run_copies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text_hash.hpp"
#include "ledger/books/books.hpp"
#include "ledger/series/snapshot_series.hpp"

namespace usagectl {

void RunCopies::note(const UsageRecord& record) {
  if (record.role != Role::aggregate || record.scope.empty() || !record.view.is_usage) return;
  const std::string* const tick = scope_value(record, "tick");
  const std::string* const run = scope_value(record, "run");
  const bool is_part = tick != nullptr || scope_value(record, "entity") != nullptr;
  if (!is_part && run == nullptr) return;
  Run& noted = runs_[record.unit];
  noted.has_parts = noted.has_parts || is_part;
  if (run != nullptr) noted.name = *run;
  // A tick that failed is told by the console alone.
  if (tick == nullptr || record.failed || scope_value(record, "phase") != nullptr) return;
  noted.steps[*tick] =
      short_text_hash(fmt::format("{} {}", record.counts[Counter::total].value_or(-1),
                                  record.counts[Counter::reasoning].value_or(-1)));
}

RunCopies::SharedSteps RunCopies::shared_steps(const Run& a, const Run& b) {
  SharedSteps shared;
  for (const auto& [number, tells] : a.steps) {
    const auto same = b.steps.find(number);
    if (same != b.steps.end()) ++(same->second == tells ? shared.alike : shared.other);
  }
  return shared;
}

void RunCopies::warn(Books& books, UnitId older, UnitId newer, const std::string& run,
                     const SharedSteps& shared) {
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = Severity::warning;
  finding.place = books.units[older].place;
  finding.witnesses.push_back({books.units[newer].place, {}});
  finding.explanation = fmt::format(
      "{} and {} hold the same run ({}): {}, and both are counted",
      books.file_names[books.units[older].place.file],
      books.file_names[books.units[newer].place.file], run,
      shared.alike > 0 ? fmt::format("{} of its steps are in both, and others differ", shared.alike)
                       : std::string("one may be an older copy of the other"));
  if (books.question.wants_claims) {
    books.findings.push_back(std::move(finding));
  } else {
    books.doubts.push_back({std::move(finding), 1});
  }
}

std::set<UnitId> RunCopies::older_copies(Books& books) const {
  std::map<std::string, std::vector<UnitId>> runs;
  for (UnitId id = 0; id < books.units.size(); ++id) {
    const auto run = runs_.find(id);
    if (run == runs_.end() || run->second.name.empty() || !run->second.has_parts) continue;
    if (!books.units[id].views.empty()) runs[run->second.name].push_back(id);
  }
  std::set<UnitId> copies;
  for (auto& [name, units] : runs) {
    // The one that used most counts; of those alike, the one that tells most closely who used it.
    std::stable_sort(units.begin(), units.end(), [&](UnitId a, UnitId b) {
      const Count used_by_a = usage_of(books.units[a]).sum_of(Counter::total).value_or(0);
      const Count used_by_b = usage_of(books.units[b]).sum_of(Counter::total).value_or(0);
      if (used_by_a != used_by_b) return used_by_a > used_by_b;
      return books.units[a].views.begin()->first < books.units[b].views.begin()->first;
    });
    std::vector<UnitId> whole;
    for (const UnitId unit : units) {
      const Run& run = runs_.at(unit);
      std::optional<UnitId> in_doubt;
      SharedSteps doubt;
      bool is_copy = false;
      for (const UnitId larger : whole) {
        const SharedSteps shared = shared_steps(run, runs_.at(larger));
        is_copy = is_copy || (shared.alike > 0 && shared.other == 0);
        const bool is_unproved =
            shared.alike == 0 && shared.other == 0 &&
            usage_of(books.units[unit]).sum_of(Counter::total).value_or(0) > 0 &&
            contains(usage_of(books.units[larger]), usage_of(books.units[unit]));
        if (!is_unproved && shared.alike == 0) continue;
        in_doubt = larger;
        doubt = shared;
      }
      if (is_copy) {
        copies.insert(unit);
        continue;
      }
      whole.push_back(unit);
      if (in_doubt) warn(books, unit, *in_doubt, name, doubt);
    }
  }
  return copies;
}

}  // namespace usagectl
