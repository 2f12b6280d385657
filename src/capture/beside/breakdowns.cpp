#include "capture/beside/breakdowns.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "dialects/usage_words.hpp"
#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostTables = 64;
/// Smaller sums may be the same by chance.
constexpr Count kManyTokens = 100;
constexpr std::array kCompared = {Counter::input, Counter::output, Counter::total};

/// What usage is broken down by, as the first column of a table is called.
constexpr std::array<std::string_view, 33> kBreakdowns = {
    "model",   "models",  "day",      "date",     "user",    "users",    "project",
    "agent",   "agents",  "provider", "session",  "team",    "key",      "feature",
    "month",   "week",    "hour",     "endpoint", "task",    "tasks",    "phase",
    "stage",   "service", "customer", "tenant",   "app",     "workflow", "api_key",
    "purpose", "client",  "region",   "member",   "category"};

struct Table {
  std::string label;               ///< the name of its first column
  std::set<std::string> counters;  ///< names of the columns that count tokens
  std::vector<UsageRecord*> rows;
  Tally sum;
  bool is_by_metric = false;

  /// Its one record has what other tables break down.
  bool is_sum() const { return is_by_metric && rows.size() == 1; }
};

std::string joined_words(std::string_view name) {
  std::string joined;
  for (const std::string& word : words_of(name)) {
    if (!joined.empty()) joined.push_back('_');
    joined += word;
  }
  return joined;
}

Table table_of(const TableInText& place, std::vector<UsageRecord>& records, std::size_t first) {
  Table table;
  table.is_by_metric = place.is_by_metric;
  if (!place.columns.empty()) table.label = joined_words(place.columns.front());
  for (const std::string& name : place.columns) {
    if (counter_named(name)) table.counters.insert(joined_words(name));
  }
  for (std::size_t i = first; i < records.size(); ++i) {
    UsageRecord& record = records[i];
    if (record.place.line < place.first_line || record.place.line > place.last_line) continue;
    if (record.view.rank == View::kNeverCounted || record.sums.statistic != Statistic::none)
      continue;
    table.rows.push_back(&record);
    table.sum.add(record.counts);
  }
  return table;
}

bool are_same_sums(const Table& a, const Table& b) {
  bool is_any = false;
  for (const Counter counter : kCompared) {
    const auto one = a.sum.sum_of(counter);
    const auto other = b.sum.sum_of(counter);
    if (one != other) return false;
    is_any = is_any || one.value_or(0) >= kManyTokens;
  }
  return is_any;
}

bool is_breakdown(const Table& table) {
  return std::find(kBreakdowns.begin(), kBreakdowns.end(), table.label) != kBreakdowns.end();
}

void leave_out(Table& table, Observations& observations) {
  for (UsageRecord* const row : table.rows) {
    row->view = {View::kNeverCounted, "another breakdown of the same usage"};
    row->role = Role::aggregate;
  }
  table.rows.clear();
  observations.held();
}

void warn(const Table& one, const Table& other, const FileContext& file,
          Observations& observations) {
  const auto asserted = other.sum.sum_of(Counter::input);
  const auto calculated = one.sum.sum_of(Counter::input);
  Finding finding;
  finding.rule = Rule::sum;
  finding.severity = Severity::warning;
  finding.place = {file.id, other.rows.front()->place.line, {}};
  finding.counter = name_of(Counter::input);
  finding.asserted = asserted;
  finding.calculated = calculated;
  finding.basis = "sum of another table of the text";
  finding.cause = "unrelated-usage";
  finding.explanation =
      one.is_sum() || other.is_sum()
          ? "may be counted twice: a table has one metric a row, and its counts are not the sums "
            "of another table"
          : "may be counted twice: two tables break usage down by other things, and their sums "
            "differ";
  observations.finding(std::move(finding));
}

}  // namespace

void settle_breakdowns(const std::vector<TableInText>& tables, std::size_t records_before,
                       const FileContext& file, Observations& observations) {
  if (tables.size() < 2 || tables.size() > kMostTables) return;
  std::vector<Table> all;
  for (const TableInText& place : tables)
    all.push_back(table_of(place, observations.records(), records_before));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      Table* one = &all[i];
      Table* other = &all[j];
      if (one->rows.empty() || other->rows.empty() || one->label == other->label) continue;
      // The names of metrics are seldom those of columns.
      const bool is_any_sum = one->is_sum() || other->is_sum();
      if (one->counters != other->counters && !is_any_sum) continue;
      const auto may_be_same = [](const Table& table) {
        return table.is_sum() || is_breakdown(table);
      };
      if (are_same_sums(*one, *other)) {
        // By model, it can be priced.
        if (other->label == "model" || one->is_sum()) std::swap(one, other);
        leave_out(*other, observations);
      } else if (may_be_same(*one) && may_be_same(*other)) {
        warn(*one, *other, file, observations);
      }
    }
  }
}

}  // namespace usagectl
