#include "analysis/summarize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "analysis/checks/resolve_claims.hpp"
#include "ledger/books/books.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

// Asked for when nobody names keys: enough to tell apart what any format yields. Keys that no
// record has are left out again.
const std::vector<std::string>& keys_of_any_record() {
  static const std::vector<std::string> keys = {"model", "thread", "part", "entity",
                                                "kind",  "tick",   "phase"};
  return keys;
}

struct NaturalOrder {
  bool operator()(const GroupKey& a, const GroupKey& b) const { return natural_less(a, b); }
};
using SortedGroups = std::map<GroupKey, Tally, NaturalOrder>;

/// The positions of the keys for which any group has a value.
std::vector<std::size_t> used_keys(const std::vector<GroupKey>& groups, std::size_t keys) {
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < keys; ++i) {
    if (std::any_of(groups.begin(), groups.end(),
                    [&](const GroupKey& key) { return key[i].has_value(); })) {
      used.push_back(i);
    }
  }
  return used;
}

Breakdown break_down(const std::vector<const ViewSums*>& views, const std::vector<std::string>& by,
                     const std::vector<std::size_t>& columns) {
  SortedGroups groups;
  for (const ViewSums* view : views) {
    for (const auto& [packed, tally] : view->by_key) {
      const GroupKey whole = unpack_key(packed);
      GroupKey key;
      for (const std::size_t column : columns) key.push_back(whole[column]);
      groups[key].merge(tally);
    }
  }
  Breakdown breakdown;
  for (const std::size_t column : columns) breakdown.by.push_back(by[column]);
  for (auto& [key, tally] : groups) breakdown.groups.push_back({key, tally});
  return breakdown;
}

std::vector<std::size_t> used_keys(const std::vector<const ViewSums*>& views, std::size_t keys) {
  std::vector<GroupKey> groups;
  for (const ViewSums* view : views) {
    for (const auto& [packed, tally] : view->by_key) groups.push_back(unpack_key(packed));
  }
  return used_keys(groups, keys);
}

/// Views that were not chosen and split their usage by something that the chosen ones do not have.
std::vector<Breakdown> other_views(const Books& books, const std::vector<std::string>& by,
                                   const std::vector<std::size_t>& main_columns) {
  std::map<std::pair<std::uint8_t, std::string_view>, std::vector<const ViewSums*>> others;
  for (const Unit& unit : books.units) {
    for (const auto& [rank, view] : unit.views) {
      if (rank != View::kNeverCounted && view.is_usage) others[{rank, view.name}].push_back(&view);
    }
  }
  std::vector<Breakdown> breakdowns;
  for (const auto& [id, views] : others) {
    auto columns = used_keys(views, by.size());
    // Phases are told apart by their own name alone; their ticks have a table of their own.
    if (columns.size() > 1 && by[columns.back()] == "phase") columns = {columns.back()};
    const bool adds = std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
      return std::find(main_columns.begin(), main_columns.end(), column) == main_columns.end();
    });
    if (adds) breakdowns.push_back(break_down(views, by, columns));
  }
  return breakdowns;
}

void put_in_order(Breakdown& breakdown, const GroupOrder& order) {
  if (order.by) {
    std::stable_sort(breakdown.groups.begin(), breakdown.groups.end(),
                     [&](const SummaryGroup& a, const SummaryGroup& b) {
                       // What is not known is less than 0.
                       return a.tally.sum_of(*order.by).value_or(-1) >
                              b.tally.sum_of(*order.by).value_or(-1);
                     });
  }
  const auto key = std::find(breakdown.by.begin(), breakdown.by.end(), order.key);
  if (!order.key.empty() && key != breakdown.by.end()) {
    const auto at = static_cast<std::size_t>(key - breakdown.by.begin());
    std::stable_sort(breakdown.groups.begin(), breakdown.groups.end(),
                     [at](const SummaryGroup& a, const SummaryGroup& b) {
                       return natural_less(a.key[at], b.key[at]);
                     });
  }
  if (order.most == 0 || breakdown.groups.size() <= order.most) return;
  breakdown.rest_groups = breakdown.groups.size() - order.most;
  for (std::size_t i = order.most; i < breakdown.groups.size(); ++i)
    breakdown.rest.merge(breakdown.groups[i].tally);
  breakdown.groups.resize(order.most);
}

void say_overflow(SummaryReport& report) {
  for (Counter counter : kCounters) {
    if (!report.total.overflows(counter)) continue;
    Problem problem;
    problem.problem = fmt::format("the sum of {} does not fit in 64 bits", name_of(counter));
    report.intake.problems.push_back(std::move(problem));
  }
}

/// What `reconcile` would say of the numbers that are summed here.
void say_doubts(SummaryReport& report, const Books& books) {
  for (const Doubt& doubt : books.doubts) {
    const Place& place = doubt.first.place;
    std::string where = books.file_names[place.file];
    if (place.line != 0) where += fmt::format(":{}", place.line);
    report.intake.warnings.push_back(
        doubt.places == 1 ? fmt::format("{}: {}", where, doubt.first.explanation)
                          : fmt::format("{}: {} (in {} places, this is the first)", where,
                                        doubt.first.explanation, doubt.places));
  }
}

/// A total that a document states may be wrong although the sum of its records is right.
void say_refuted_totals(SummaryReport& report, Books& books) {
  if (!books.question.wants_totals) return;
  const Resolution resolution = resolve_claims(books);
  std::set<std::pair<FileId, std::string>> places;
  const auto take = [&](const auto& failed, const auto& claims) {
    for (const FailedClaim& one : failed)
      places.emplace(claims[one.claim].place.file, claims[one.claim].place.pointer);
  };
  take(resolution.failed_sums, books.sum_claims);
  take(resolution.failed_counts, books.count_claims);
  if (places.empty()) return;
  const auto& [file, pointer] = *places.begin();
  const std::string which =
      places.size() == 1
          ? fmt::format("the total at {} is not what its parts add up to", pointer)
          : fmt::format("the total at {} and {} more are not what their parts add up to", pointer,
                        places.size() - 1);
  report.intake.warnings.push_back(
      fmt::format("{}: {}: usagectl reconcile shows it", books.file_names[file], which));
}

}  // namespace

Question summary_question(const std::vector<std::string>& by) {
  Question question;
  question.by = by.empty() ? keys_of_any_record() : by;
  return question;
}

SummaryReport summarize(Books& books, const std::vector<std::string>& by, const GroupOrder& order) {
  SummaryReport report;
  const auto& keys = books.question.by;
  std::vector<const ViewSums*> chosen;
  for (const ViewOfUnit& view : books.counted_views) chosen.push_back(&books.sums_of(view));

  std::vector<std::size_t> columns;
  if (by.empty()) {
    columns = used_keys(chosen, keys.size());
  } else {
    for (std::size_t i = 0; i < keys.size(); ++i) columns.push_back(i);
  }
  report.main = break_down(chosen, keys, columns);
  for (const auto& group : report.main.groups) report.total.merge(group.tally);
  report.is_grouped_by_default = by.empty();
  if (by.empty()) report.others = other_views(books, keys, columns);
  put_in_order(report.main, order);
  for (Breakdown& other : report.others) put_in_order(other, order);
  report.intake = std::move(books.intake);
  say_overflow(report);
  say_doubts(report, books);
  say_refuted_totals(report, books);
  return report;
}

void add_calculated(SummaryReport& report, CalculatedCosts&& costs,
                    const std::vector<std::string>& by) {
  std::vector<std::size_t> columns;
  for (const std::string& name : report.main.by)
    columns.push_back(static_cast<std::size_t>(std::find(by.begin(), by.end(), name) - by.begin()));
  std::map<GroupKey, CalculatedCost, NaturalOrder> groups;
  for (const auto& [packed, cost] : costs.by_key) {
    const GroupKey whole = unpack_key(packed);
    GroupKey key;
    for (const std::size_t column : columns) key.push_back(whole[column]);
    CalculatedCost& sum = groups[key];
    sum.sums.merge(cost.sums);
    sum.records += cost.records;
  }
  for (SummaryGroup& group : report.main.groups) {
    // Where other records count than were priced, such as a rest without a name, it is unknown.
    group.calculated.emplace().records = group.tally.records;
    const auto known = groups.find(group.key);
    if (known != groups.end() && known->second.records == group.tally.records)
      group.calculated = known->second;
  }
  report.calculated = std::move(costs);
}

}  // namespace usagectl
