#include "formats/inference/total_row.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr Counter kSummed[] = {Counter::input, Counter::output, Counter::total};

/// "Sum", "**SUM:**". Most texts have no such letters.
bool is_sum_alone(std::string_view text) {
  const auto at = text.find_first_of("mM");
  return at != std::string_view::npos && at > 1 && (text[at - 1] | 0x20) == 'u' &&
         words_of(text) == std::vector<std::string>{"sum"};
}

/// "Total", "Grand total", "**All models**", "Sum".
bool is_called_total_row(const Json& row) {
  constexpr std::size_t kMostColumns = 32;
  constexpr std::size_t kLongestName = 24;
  if (!row.is_object() || row.size() > kMostColumns) return false;
  bool is_total = false;
  row.each_member([&](std::string_view, const Json& value) {
    const std::string_view text = value.text();
    if (is_total || text.empty() || text.size() > kLongestName) return;
    is_total = is_called_total(text) || is_sum_alone(text);
  });
  return is_total;
}

Counts added(const Counts& sums, const Counts& more) {
  Counts result;
  for (const Counter counter : kSummed) {
    const auto sum = sums[counter];
    const auto count = more[counter];
    if (sum && count) result.set(counter, (ExactSum(*sum) += *count).count());
  }
  return result;
}

/// Whether all that the row gives is the sum, and it gives something.
bool is_sum(const Counts& row, const Counts& sums) {
  bool is_any = false;
  for (const Counter counter : kSummed) {
    if (!row[counter]) continue;
    if (row[counter] != sums[counter]) return false;
    is_any = is_any || *row[counter] > 0;
  }
  return is_any;
}

}  // namespace

void TotalRows::look(const Json& row, std::size_t first, Observations& observations) {
  auto& records = observations.records();
  if (first + 1 != records.size()) return;
  UsageRecord& record = records[first];
  if (rows_ > 0 && is_called_total_row(row)) {
    const bool is_proved = is_sum(record.counts, sums_);
    rows_ = 0;
    if (is_proved) {
      record.view = {View::kNeverCounted, "sum of the rows above it"};
      record.role = Role::aggregate;
      observations.held();
      return;
    }
    observations.finding({.rule = Rule::sum,
                          .severity = Severity::warning,
                          .place = record.place,
                          .counter = name_of(Counter::total),
                          .asserted = record.counts[Counter::total],
                          .calculated = sums_[Counter::total],
                          .basis = "sum of the rows above it",
                          .cause = "unrelated-usage",
                          .explanation = "may be counted twice: the row is called a total and is "
                                         "not the sum of the rows above it"});
    return;
  }
  sums_ = rows_++ == 0 ? record.counts : added(sums_, record.counts);
}

}  // namespace usagectl
