#include "formats/inference/total_row.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr Counter kSummed[] = {Counter::input, Counter::output, Counter::total};

constexpr std::size_t kMostColumns = 256;
constexpr std::size_t kLongestName = 80;

bool is_short_text(const Json& value) {
  return value.is_text() && !value.text().empty() && value.text().size() <= kLongestName;
}

/// "Sum", "**SUM:**". Most texts have no such letters.
bool is_sum_alone(std::string_view text) {
  const auto at = text.find_first_of("mM");
  return at != std::string_view::npos && at > 1 && (text[at - 1] | 0x20) == 'u' &&
         words_of(text) == std::vector<std::string>{"sum"};
}

/// "Total", "Grand total", "**All models**", "Sum".
bool is_called_total_row(const Json& row) {
  constexpr std::size_t kLongestTotal = 24;
  if (!row.is_object() || row.size() > kMostColumns) return false;
  bool is_total = false;
  row.each_member([&](std::string_view, const Json& value) {
    const std::string_view text = value.text();
    if (is_total || text.empty() || text.size() > kLongestTotal) return;
    is_total = is_called_total(text) || is_sum_alone(text);
  });
  return is_total;
}

bool is_named(const UsageRecord& record) {
  return !record.scope.empty() || !record.model.empty() || !record.id.empty() ||
         !record.time.empty();
}

/// "gpt-4o total" and "Subtotal gpt-4o" without the word for the sum; nothing where there is none.
std::string name_in_total(std::string_view text) {
  constexpr std::string_view kWords[] = {"total", "subtotal", "sum", "totals"};
  for (const std::string_view word : kWords) {
    const auto is_word = [&](std::string_view part) {
      return part.size() == word.size() &&
             std::equal(part.begin(), part.end(), word.begin(),
                        [](char a, char b) { return (a | 0x20) == b; });
    };
    constexpr std::string_view kBetween = " :-_()";
    if (text.size() <= word.size() + 1) continue;
    std::string_view name;
    if (is_word(text.substr(text.size() - word.size()))) {
      name = text.substr(0, text.size() - word.size());
    } else if (is_word(text.substr(0, word.size()))) {
      name = text.substr(word.size());
    } else {
      continue;
    }
    const auto begin = name.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) continue;
    return std::string(name.substr(begin, name.find_last_not_of(kBetween) + 1 - begin));
  }
  return {};
}

}  // namespace

void TotalRows::Sums::add(const Counts& more) {
  if (rows++ == 0) {
    counts = more;
    return;
  }
  Counts result;
  for (const Counter counter : kSummed) {
    const auto sum = counts[counter];
    const auto count = more[counter];
    if (sum && count) result.set(counter, (ExactSum(*sum) += *count).count());
  }
  counts = result;
}

/// Whether all that the row gives is the sum, and it gives something.
bool TotalRows::Sums::are(const Counts& row) const {
  bool is_any = false;
  for (const Counter counter : kSummed) {
    if (!row[counter]) continue;
    if (row[counter] != counts[counter]) return false;
    is_any = is_any || *row[counter] > 0;
  }
  return is_any && rows > 0;
}

bool TotalRows::is_sum_of_name(const Json& row, const Counts& counts) const {
  bool is_sum = false;
  row.each_member([&](std::string_view, const Json& value) {
    if (is_sum || !is_short_text(value)) return;
    const std::string name = name_in_total(value.text());
    const auto sums = name.empty() ? by_name_.end() : by_name_.find(name);
    is_sum = sums != by_name_.end() && sums->second.are(counts);
  });
  return is_sum;
}

void TotalRows::look(const Json& row, std::size_t first, Observations& observations) {
  const auto records = observations.records_from(first);
  if (records.size() != 1 || !row.is_object() || row.size() > kMostColumns) return;
  UsageRecord& record = records.front();
  const bool is_called_total = is_called_total_row(row);
  // Where no other row is called an end, one that is called so may be that of the rows above it.
  const bool is_end = record.sums.is_called_end && !is_any_end_;
  const bool is_nameless = !is_named(record) && are_all_named_ && all_.rows > 1 &&
                           record.counts[Counter::input].value_or(0) > 0 &&
                           record.counts[Counter::output].value_or(0) > 0;
  const bool is_total =
      (is_nameless && (all_.are(record.counts) || all_but_statistics_.are(record.counts))) ||
      (is_end && (since_total_.are(record.counts) || all_.are(record.counts))) ||
      (is_called_total && (since_total_.are(record.counts) || all_.are(record.counts) ||
                           all_but_statistics_.are(record.counts))) ||
      is_sum_of_name(row, record.counts);
  if (is_total) {
    since_total_ = {};
    record.view = {View::kNeverCounted, "sum of the rows above it"};
    record.role = Role::aggregate;
    observations.held();
    return;
  }
  // What says that it is a sum is judged with the calls of its file.
  if (is_called_total && all_.rows > 0 && !record.sums.is_named_so) {
    const Sums& above = since_total_.rows > 0 ? since_total_ : all_;
    observations.finding({.rule = Rule::sum,
                          .severity = Severity::warning,
                          .place = record.place,
                          .counter = name_of(Counter::total),
                          .asserted = record.counts[Counter::total],
                          .calculated = above.counts[Counter::total],
                          .basis = "sum of the rows above it",
                          .cause = "unrelated-usage",
                          .explanation = "may be counted twice: the row is called a total and is "
                                         "not the sum of the rows above it"});
    since_total_ = {};
    return;
  }
  // In front of the rows it may be their sum, which only the last of them shows.
  if (is_called_total) {
    record.sums.is_called_so = true;
    return;
  }
  are_all_named_ = are_all_named_ && is_named(record);
  is_any_end_ = is_any_end_ || record.sums.is_called_end;
  since_total_.add(record.counts);
  all_.add(record.counts);
  if (record.sums.statistic == Statistic::none) all_but_statistics_.add(record.counts);
  row.each_member([&](std::string_view, const Json& value) {
    if (!is_short_text(value)) return;
    const auto known = by_name_.find(value.text());
    if (known != by_name_.end()) {
      known->second.add(record.counts);
    } else if (by_name_.size() < kMostNames) {
      by_name_[std::string(value.text())].add(record.counts);
    }
  });
}

}  // namespace usagectl
