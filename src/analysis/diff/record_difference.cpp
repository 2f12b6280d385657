#include "analysis/diff/record_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace usagectl {
namespace {

constexpr std::array<std::string_view, kBreakdownKeys.size()> kPlurals = {"models", "threads",
                                                                          "entities", "ticks"};

NamesOnSides names_of(std::string_view what, const TallyByName& a, const TallyByName& b) {
  NamesOnSides row{what, static_cast<Count>(a.size()), static_cast<Count>(b.size())};
  for (const auto& [name, tally] : a) {
    if (!b.contains(name)) row.only_a.push_back(name);
  }
  for (const auto& [name, tally] : b) {
    if (!a.contains(name)) row.only_b.push_back(name);
  }
  return row;
}

std::vector<std::size_t> without(const std::vector<bool>& paired) {
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < paired.size(); ++i) {
    if (!paired[i]) left.push_back(i);
  }
  return left;
}

std::string quantity(Count number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string dialects_of(const std::set<std::string>& dialects) {
  return fmt::format("{}", fmt::join(dialects, " and "));
}

PartVerdict verdict_of(const Side& a, const Side& b, const Pairs& pairs,
                       const RecordDifference& records) {
  const auto number_a = static_cast<Count>(a.calls.size());
  const auto number_b = static_cast<Count>(b.calls.size());
  const bool has_calls = number_a + number_b > 0;
  PartVerdict part;
  if (has_calls && (number_a == 0 || number_b == 0) && a.records() > 0 && b.records() > 0) {
    // Sums beside single calls.
    const auto requests_a = a.sums.total.sum_of(Counter::requests);
    const auto requests_b = b.sums.total.sum_of(Counter::requests);
    part.sentence = fmt::format("{} has sums and no single calls", number_a == 0 ? "A" : "B");
    if (!requests_a || !requests_b) return part;
    part.verdict = *requests_a == *requests_b ? Likeness::same : Likeness::different;
    part.sentence +=
        fmt::format("; {} in A, {} in B", quantity(*requests_a, "request"), *requests_b);
    return part;
  }
  if (number_a != number_b) {
    part = {Likeness::different,
            fmt::format("{} in A, {} in B", quantity(number_a, "call"), number_b)};
  } else if (has_calls) {
    part.sentence = quantity(number_a, "call") + " on each side";
  }
  if (pairs.by != PairedBy::nothing) {
    const bool all = records.unpaired_a.empty() && records.unpaired_b.empty();
    part.sentence += all ? fmt::format(", paired by {}", name_of(pairs.by))
                         : fmt::format(", {} paired by {}", pairs.calls.size(), name_of(pairs.by));
    part.verdict = all ? Likeness::same : Likeness::different;
  } else if (has_calls && number_a == number_b) {
    // With ids on both sides and none in common these are other calls.
    const bool are_others = a.calls.all_have_ids() && b.calls.all_have_ids();
    part.verdict = are_others ? Likeness::different : Likeness::undetermined;
    part.sentence += are_others ? ", with other ids" : ", nothing shows which belong together";
  }
  for (const NamesOnSides& row : records.rows) {
    const bool is_number = row.only_a.empty() && row.only_b.empty();
    if (row.what == "calls" || (is_number && (!row.a || !row.b || *row.a == *row.b))) continue;
    if (!has_calls || !is_number) {
      part.sentence += part.sentence.empty() ? "" : "; ";
      part.sentence += is_number ? fmt::format("{} {} in A, {} in B", *row.a, row.what, *row.b)
                                 : fmt::format("{} only in A: {}, only in B: {}", row.what,
                                               row.only_a.size(), row.only_b.size());
      part.verdict = Likeness::different;
    }
  }
  if (!has_calls && part.sentence.empty()) {
    const auto requests_a = a.sums.total.sum_of(Counter::requests);
    const bool is_known = requests_a && b.sums.total.sum_of(Counter::requests);
    part.verdict = is_known ? Likeness::same : Likeness::undetermined;
    part.sentence = is_known ? quantity(*requests_a, "request") + " on each side, as sums"
                             : "no single calls on either side";
  }
  return part;
}

}  // namespace

RecordDifference compare_records(const Side& a, const Side& b, const Pairs& pairs) {
  RecordDifference records;
  records.rows.push_back(
      {"calls", static_cast<Count>(a.calls.size()), static_cast<Count>(b.calls.size())});
  const NamesOnSides requests = {"requests", a.sums.total.sum_of(Counter::requests),
                                 b.sums.total.sum_of(Counter::requests)};
  if (requests.a || requests.b) records.rows.push_back(requests);
  for (std::size_t key = 0; key < kBreakdownKeys.size(); ++key) {
    const TallyByName& of_a = a.sums.by[key];
    const TallyByName& of_b = b.sums.by[key];
    // Where a side never names them, there is nothing to compare.
    if (!of_a.empty() && !of_b.empty()) records.rows.push_back(names_of(kPlurals[key], of_a, of_b));
  }
  std::vector<bool> paired_a(a.calls.size());
  std::vector<bool> paired_b(b.calls.size());
  for (const auto& [first, second] : pairs.calls) {
    paired_a[first] = true;
    paired_b[second] = true;
  }
  if (pairs.by != PairedBy::nothing) {
    records.unpaired_a = without(paired_a);
    records.unpaired_b = without(paired_b);
  }
  for (const auto& [entity, dialects] : a.dialects_of_entity) {
    const auto other = b.dialects_of_entity.find(entity);
    if (other != b.dialects_of_entity.end() && other->second != dialects)
      records.formats.push_back({entity, dialects_of(dialects), dialects_of(other->second)});
  }
  records.verdict = verdict_of(a, b, pairs, records);
  return records;
}

}  // namespace usagectl
