#include "analysis/summarize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
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

/// The positions of the keys for which any group of the views has a value.
std::vector<std::size_t> used_keys(const std::vector<ViewSums*>& views, std::size_t keys) {
  std::vector<bool> has_value(keys);
  for (const ViewSums* view : views) {
    for (GroupSums::Row row = 0; row < view->by_key.size(); ++row) {
      std::string_view packed = view->by_key.key_of(row);
      for (std::size_t i = 0; i < keys; ++i)
        if (take_value(packed)) has_value[i] = true;
    }
  }
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < keys; ++i) {
    if (has_value[i]) used.push_back(i);
  }
  return used;
}

/// These values of a packed key, packed.
void append_columns(std::string_view packed, const std::vector<std::size_t>& columns,
                    std::string& key) {
  std::vector<std::optional<std::string_view>> values;
  while (!packed.empty()) values.push_back(take_value(packed));
  for (const std::size_t column : columns) append_value(values[column], key);
}

enum class Views : std::uint8_t { kept, taken };

/// Views whose sums are not needed any more are taken: a million groups are not copied.
Breakdown break_down(const std::vector<ViewSums*>& views, const std::vector<std::string>& by,
                     const std::vector<std::size_t>& columns, Views whose) {
  Breakdown breakdown;
  for (const std::size_t column : columns) breakdown.by.push_back(by[column]);
  if (views.size() == 1 && whose == Views::taken) {
    breakdown.groups = SummaryGroups(std::exchange(views.front()->by_key, {}), columns);
    return breakdown;
  }
  GroupSums sums;
  std::string key;
  for (ViewSums* view : views) {
    for (const auto& [packed, tally] : view->by_key) {
      key.clear();
      append_columns(packed, columns, key);
      sums.merge(key, tally);
    }
    if (whose == Views::taken) view->by_key = {};
  }
  std::vector<std::size_t> all(columns.size());
  std::iota(all.begin(), all.end(), 0);
  breakdown.groups = SummaryGroups(std::move(sums), std::move(all));
  return breakdown;
}

/// Views that were not chosen and split their usage by something that the chosen ones do not have.
std::vector<Breakdown> other_views(Books& books, const std::vector<std::string>& by,
                                   const std::vector<std::size_t>& main_columns) {
  std::map<std::pair<std::uint8_t, std::string_view>, std::vector<ViewSums*>> others;
  for (Unit& unit : books.units) {
    for (auto& [rank, view] : unit.views) {
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
    if (adds) breakdowns.push_back(break_down(views, by, columns, Views::kept));
  }
  return breakdowns;
}

void put_in_order(Breakdown& breakdown, const GroupOrder& order) {
  if (order.by) breakdown.groups.put_largest_first(*order.by);
  const auto key = std::find(breakdown.by.begin(), breakdown.by.end(), order.key);
  if (!order.key.empty() && key != breakdown.by.end())
    breakdown.groups.put_in_order_of(static_cast<std::size_t>(key - breakdown.by.begin()));
  if (order.most == 0 || breakdown.groups.size() <= order.most) return;
  breakdown.rest_groups = breakdown.groups.size() - order.most;
  for (std::size_t i = order.most; i < breakdown.groups.size(); ++i)
    breakdown.rest.merge(breakdown.groups.tally_of(i));
  breakdown.groups.keep_first(order.most);
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
  std::vector<ViewSums*> chosen;
  for (const ViewOfUnit& view : books.counted_views) chosen.push_back(&books.sums_of(view));

  std::vector<std::size_t> columns;
  if (by.empty()) {
    columns = used_keys(chosen, keys.size());
  } else {
    for (std::size_t i = 0; i < keys.size(); ++i) columns.push_back(i);
  }
  report.is_grouped_by_default = by.empty();
  if (by.empty()) report.others = other_views(books, keys, columns);
  report.main = break_down(chosen, keys, columns, Views::taken);
  for (std::size_t i = 0; i < report.main.groups.size(); ++i)
    report.total.merge(report.main.groups.tally_of(i));
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
  std::map<std::string, CalculatedCost> groups;
  std::string key;
  while (!costs.by_key.empty()) {
    const auto one = costs.by_key.extract(costs.by_key.begin());
    key.clear();
    append_columns(one.key(), columns, key);
    CalculatedCost& sum = groups[key];
    sum.sums.merge(one.mapped().sums);
    sum.records += one.mapped().records;
  }
  for (std::size_t i = 0; i < report.main.groups.size(); ++i) {
    // Where other records count than were priced, such as a rest without a name, it is unknown.
    CalculatedCost unknown;
    unknown.records = report.main.groups.tally_of(i).records;
    key.clear();
    for (const auto& value : report.main.groups.key_of(i)) append_value(value, key);
    const auto known = groups.find(key);
    const bool is_known = known != groups.end() && known->second.records == unknown.records;
    report.main.groups.set_calculated(i, is_known ? std::move(known->second) : unknown);
  }
  report.calculated = std::move(costs);
}

}  // namespace usagectl
