#include "ledger/series/choose_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ledger/books/group_key.hpp"
#include "ledger/series/snapshot_series.hpp"

namespace usagectl {
namespace {

using Views = std::map<std::uint8_t, ViewSums>;

Tally sums_of(const ViewSums& view) {
  Tally sums;
  for (const auto& [key, tally] : view.by_key) sums.merge(tally);
  return sums;
}

/// A view that answers may tell only a part of what its unit used, such as the ticks that have a
/// log. The rest stands under no name, so that nothing is lost by grouping.
void add_what_it_lacks(ViewSums& answering, const ViewSums& whole, const std::string& no_name) {
  const Tally told = sums_of(answering);
  const Tally all = sums_of(whole);
  Tally rest;
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    const Counter counter = kCounters[i];
    if (all.known_of(counter) == 0 || all.open_of(counter) > 0) continue;
    ExactSum missing = all.sums[static_cast<std::size_t>(counter)];
    missing -= told.sums[static_cast<std::size_t>(counter)];
    if (missing.count().value_or(0) <= 0) continue;
    rest.sums[static_cast<std::size_t>(counter)] = missing;
    rest.known[static_cast<std::size_t>(counter)] = 1;
  }
  if (rest.known == Tally().known) return;
  const auto requests = static_cast<std::size_t>(Counter::requests);
  ExactSum more = all.sums[requests];
  more -= told.sums[requests];
  if (all.known[requests] > 0 && more.count().value_or(0) > 0) {
    rest.sums[requests] = more;
    rest.known[requests] = 1;
  }
  rest.records = 1;
  answering.by_key.merge(no_name, rest);
}

Views::iterator chosen_view(Views& views, const std::string& no_name) {
  const auto lowest = std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.is_usage && entry.first != View::kNeverCounted;
  });
  const auto answering = std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.answers && entry.first != View::kNeverCounted;
  });
  if (answering == views.end()) return lowest;
  if (answering != lowest && lowest != views.end() && answering->second.is_usage)
    add_what_it_lacks(answering->second, lowest->second, no_name);
  return answering;
}

/// Units whose usage is contained in a later snapshot of the same series.
std::set<const Unit*> superseded(const Books& books) {
  std::set<const Unit*> contained;
  for (const auto& snapshots : snapshot_series(books)) {
    for (std::size_t i = 0; i + 1 < snapshots.size(); ++i) {
      if (contains(usage_of(*snapshots[i + 1]), usage_of(*snapshots[i]))) {
        contained.insert(snapshots[i]);
      }
    }
  }
  return contained;
}

void say(Books& books, Finding&& finding) {
  if (books.question.wants_claims) {
    books.findings.push_back(std::move(finding));
  } else {
    books.doubts.push_back({std::move(finding), 1});
  }
}

/// A view that is left out has more than the one that counts: a part of the usage is missing there.
void say_more_than_counted(Books& books, const Unit& unit, const ViewSums& counted) {
  const Tally here = sums_of(counted);
  for (const auto& [rank, view] : unit.views) {
    if (&view == &counted || !view.is_usage || rank == View::kNeverCounted) continue;
    const Tally there = sums_of(view);
    for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
      const auto more = whole_sum(there, counter);
      const auto less = whole_sum(here, counter);
      if (!more || !less || *more <= *less) continue;
      say(books, {.rule = Rule::coverage,
                  .severity = Severity::warning,
                  .place = unit.place,
                  .counter = name_of(counter),
                  .asserted = more,
                  .calculated = less,
                  .basis = "in the view that is counted",
                  .cause = "not-counted",
                  .explanation = fmt::format("\"{}\" has more than \"{}\", which is counted: a "
                                             "part of it may be missing there",
                                             view.name, counted.name)});
      return;
    }
  }
}

void say_more_than_calls(Books& books, const Unit& unit, const Unit& calls) {
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = Severity::warning;
  finding.place = unit.place;
  finding.cause = "not-counted";
  finding.counter = name_of(Counter::total);
  finding.asserted = usage_of(unit).sum_of(Counter::total);
  finding.calculated = usage_of(calls).sum_of(Counter::total);
  finding.basis = "in the file that holds calls of it";
  finding.explanation =
      "the running total of a session whose calls are in another file, and it is more than there: "
      "it is not counted beside them";
  finding.witnesses.push_back({calls.place, {}});
  say(books, std::move(finding));
}

/// Snapshots of series whose calls are in another file. Where they exceed the snapshot there, a
/// finding reports it.
std::set<UnitId> beside_their_calls(Books& books) {
  std::set<UnitId> beside;
  if (books.covered_series.empty()) return beside;
  std::map<std::string, UnitId> covered;
  for (UnitId id = 0; id < books.units.size(); ++id) {
    const Unit& unit = books.units[id];
    if (unit.views.empty() || !is_covered(books, unit.series, unit.place.file)) continue;
    const auto [known, is_new] = covered.try_emplace(unit.series, id);
    if (!is_new && contains(usage_of(unit), usage_of(books.units[known->second])))
      known->second = id;
  }
  for (UnitId id = 0; id < books.units.size(); ++id) {
    const Unit& unit = books.units[id];
    if (unit.views.empty() || unit.series.empty() ||
        is_covered(books, unit.series, unit.place.file))
      continue;
    const auto known = covered.find(unit.series);
    if (known == covered.end()) continue;
    beside.insert(id);
    if (!contains(usage_of(books.units[known->second]), usage_of(unit)))
      say_more_than_calls(books, unit, books.units[known->second]);
  }
  return beside;
}

}  // namespace

std::set<UnitId> count_views(Books& books, const RunCopies& runs, const std::set<UnitId>& logged) {
  const auto contained = superseded(books);
  const std::set<UnitId> copies = runs.older_copies(books);
  std::string no_name;
  pack_key(UsageRecord(), books.question.by, {}, no_name);
  const std::set<UnitId> beside = beside_their_calls(books);
  for (UnitId id = 0; id < books.units.size(); ++id) {
    Unit& unit = books.units[id];
    const bool is_covered =
        usagectl::is_covered(books, unit.series, unit.place.file) || beside.contains(id);
    const bool is_logged = logged.contains(id);
    const bool is_contained =
        is_covered || is_logged || copies.contains(id) || contained.contains(&unit);
    const auto pick = chosen_view(unit.views, no_name);
    if (unit.has_whole_views && pick != unit.views.end() && !is_contained)
      say_more_than_counted(books, unit, pick->second);
    for (auto view = unit.views.begin(); view != unit.views.end(); ++view) {
      ViewSums& sums = view->second;
      const bool counts = view == pick && !is_contained;
      if (counts) books.counted_views.push_back({id, view->first});
      if (!sums.is_usage) continue;
      if (counts) {
        books.intake.counted += sums.records;
        continue;
      }
      sums.ignored_as = view->first == View::kNeverCounted ? sums.name
                        : is_covered                       ? "reported in more detail elsewhere"
                        : is_logged                        ? "usage report beside its logged calls"
                        : is_contained                     ? "contained in a later snapshot"
                                                           : "another view of the same usage";
      if (sums.records > 0) books.intake.ignored[std::string(sums.ignored_as)] += sums.records;
    }
  }
  return copies;
}

}  // namespace usagectl
