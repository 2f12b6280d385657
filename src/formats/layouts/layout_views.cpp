// Which usage a record of a layout belongs to, and which view of it counts.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "formats/layouts/layout_reader.hpp"
#include "model/covered_series.hpp"
#include "model/place.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// The unit of all records of one usage in the file that are not running totals.
UnitId LayoutReader::unit_of(const LayoutRecord& layout, const Prepared& prepared) {
  if (!layout.same_usage.empty()) {
    if (const std::string named = text_of(layout.same_usage, layout.at); !named.empty()) {
      std::string key = fmt::format("{} {} of {}", layout_.id, layout.usage, named);
      const auto [unit, is_new] = named_units_.try_emplace(std::move(key));
      if (is_new) unit->second = observations_->unit_of_whole_views(unit->first);
      return unit->second;
    }
  }
  const auto [unit, is_new] = units_.try_emplace(layout.usage);
  if (!is_new) return unit->second;
  const std::string key = fmt::format("{} {} {}", layout_.id, layout.usage, file_.path);
  if (prepared.has_running_views)
    unit->second = observations_->snapshot_unit({.series = key});
  else
    unit->second = of_ == Of::lines ? observations_->unit(key) : observations_->unit();
  return unit->second;
}

void LayoutReader::take_unit(const LayoutRecord& layout, const Prepared& prepared,
                             UsageRecord& record) {
  Snapshot snapshot;
  if (!layout.series.empty()) {
    const std::string series = text_of(layout.series, layout.at);
    if (!series.empty()) snapshot.series = fmt::format("{}:{}", layout_.id, series);
  } else if (layout.role == Role::cumulative && layout.counted) {
    // Every running total is a snapshot of what its list is about.
    snapshot.series = fmt::format("{}:{}", file_.path, layout.at.text());
    std::size_t last_star = 0;
    for (std::size_t i = 0; i < layout.at.tokens.size(); ++i) {
      if (PathPattern::is_any(layout.at.tokens[i])) last_star = i;
    }
    for (std::size_t i = 0; i < last_star; ++i) append_pointer(snapshot.series, tokens_[i]);
    snapshot.number = ++series_[snapshot.series];
    record.running = Running::total;
  } else {
    // What a provider says of a window of time is not added to the calls that are logged in it.
    const bool is_bucket = layout_.is_bill && layout.role == Role::aggregate;
    record.unit = is_bucket ? observations_->unit() : unit_of(layout, prepared);
    if (prepared.has_running_views)
      note_view(layout, record, fmt::format("{} {} {}", layout_.id, layout.usage, file_.path));
    return;
  }
  // One without a name is alone, and beside other views it must be possible to leave it out.
  if (snapshot.series.empty() && prepared.has_running_views)
    snapshot.series = fmt::format("{} {} {} alone {}", layout_.id, layout.usage, file_.path,
                                  ++series_[layout.usage]);
  if (prepared.has_running_views) note_view(layout, record, snapshot.series);
  record.unit = observations_->snapshot_unit(snapshot);
}

void LayoutReader::note_view(const LayoutRecord& layout, const UsageRecord& record,
                             const std::string& series) {
  const std::uint8_t rank = record.view.rank;
  if (rank == View::kNeverCounted) return;
  ViewsBeside& beside = views_[layout.usage];
  const auto [known, is_new] = beside.ranks.try_emplace(series, rank);
  if (!is_new) known->second = std::min(known->second, rank);
  beside.places.try_emplace(rank, record.place);
  auto& held = beside.held[rank];
  const std::string key = layout.role == Role::cumulative ? series
                          : !record.id.empty()            ? record.id
                                               : fmt::format("without id {}", held.size());
  const auto [counts, is_first] = held.try_emplace(key, record.counts);
  const auto output = [](const Counts& of) { return of[Counter::output].value_or(0); };
  if (!is_first && output(record.counts) >= output(counts->second)) counts->second = record.counts;
}

/// Of a usage that has running totals beside other views, the first view counts. Which one that is
/// cannot be known before the last record.
void LayoutReader::finish(Observations& observations) {
  observations_ = &observations;
  line_claims_.finish(observations);
  others_.finish(observations);
  if (layout_.is_given) observations.looked_for(path_uses_.take(file_.id));
  for (const auto& [usage, beside] : views_) {
    std::uint8_t first = View::kNeverCounted;
    for (const auto& [series, rank] : beside.ranks) first = std::min(first, rank);
    for (const auto& [series, rank] : beside.ranks) {
      if (rank > first) observations.covers(covered_in(series, file_.path));
    }
    say_what_is_left_out(beside, first);
  }
  views_.clear();
}

/// A view that is not counted may hold more than the one that is: a session with running totals
/// alone, in a file where another one has calls.
void LayoutReader::say_what_is_left_out(const ViewsBeside& beside, std::uint8_t first) const {
  const auto sums_of = [](const std::map<std::string, Counts>& held) {
    Tally sums;
    for (const auto& [key, counts] : held) sums.add(counts);
    return sums;
  };
  if (!beside.held.contains(first)) return;
  const Tally counted = sums_of(beside.held.at(first));
  for (const auto& [rank, held] : beside.held) {
    if (rank == first) continue;
    const Tally other = sums_of(held);
    for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
      const auto here = whole_sum(counted, counter);
      const auto there = whole_sum(other, counter);
      if (!here || !there || *there <= *here) continue;
      observations_->finding({.rule = Rule::coverage,
                              .severity = Severity::warning,
                              .place = beside.places.at(rank),
                              .counter = name_of(counter),
                              .asserted = there,
                              .calculated = here,
                              .basis = "in the view that is counted",
                              .cause = "not-counted",
                              .explanation = "another view of the same usage has more than the "
                                             "one that is counted: a part of it "
                                             "may "
                                             "be missing there"});
      break;
    }
  }
}

}  // namespace usagectl
