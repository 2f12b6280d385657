#include "formats/reading/row_tree.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <unordered_map>

#include "model/tally.hpp"

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::output, Counter::total};
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// How what a row reports compares with the rows below it.
enum class Match : std::uint8_t { sum, more, other };

Match compare(const Counts& row, const Tally& below) {
  constexpr Count kNoChance = 100;
  bool is_equal = true;
  bool is_less = false;
  std::size_t compared = 0;
  Count largest = 0;
  for (const Counter counter : kCompared) {
    const auto own = row[counter];
    const auto sum = below.sum_of(counter);
    if (!own || !sum || below.known_of(counter) < below.records) continue;
    is_equal = is_equal && *own == *sum;
    is_less = is_less || *own < *sum;
    compared += *own > 0 ? 1U : 0U;
    largest = std::max(largest, *own);
  }
  if (compared == 0 || is_less) return Match::other;
  const bool is_telling = compared > 1 || largest >= kNoChance || below.records > 1;
  return is_equal && is_telling ? Match::sum : Match::more;
}

class Tree {
 public:
  explicit Tree(std::span<const TreeRow> rows) : rows_(rows), below_(rows.size()) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].place.id != 0) by_id_.emplace(rows[i].place.id, i);
      if (rows[i].place.other_id != 0) by_id_.emplace(rows[i].place.other_id, i);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (const std::size_t above = row_above(i); above != kNone) below_[above].add(rows[i].counts);
    }
    add_what_is_far_below();
  }

  std::vector<RowOfTree> judge() const {
    std::vector<std::optional<Match>> matches(rows_.size());
    bool any_sum = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (below_[i].records == 0) continue;
      matches[i] = compare(rows_[i].counts, below_[i]);
      any_sum = any_sum || *matches[i] == Match::sum;
    }
    std::vector<RowOfTree> verdicts(rows_.size(), RowOfTree::call);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!matches[i] || *matches[i] == Match::other) continue;
      verdicts[i] = *matches[i] == Match::sum ? RowOfTree::sum
                    : any_sum                 ? RowOfTree::no_sum
                    : below_[i].records > 1   ? RowOfTree::unclear
                                              : RowOfTree::call;
    }
    return verdicts;
  }

 private:
  std::size_t row_above(std::size_t row) const {
    const auto found = by_id_.find(rows_[row].place.above);
    return rows_[row].place.above == 0 || found == by_id_.end() || found->second == row
               ? kNone
               : found->second;
  }

  /// Below the only row at the top are those, too, that are below rows without usage.
  void add_what_is_far_below() {
    std::size_t top = kNone;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].place.above != 0) continue;
      if (top != kNone) return;
      top = i;
    }
    if (top == kNone) return;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i != top && row_above(i) == kNone) below_[top].add(rows_[i].counts);
    }
  }

  std::span<const TreeRow> rows_;
  std::vector<Tally> below_;  ///< what the rows right below each one report
  std::unordered_map<std::size_t, std::size_t> by_id_;
};

}  // namespace

std::size_t hash_of_row_id(std::string_view id) {
  static constexpr std::array<std::string_view, 8> kNoIds = {
      "", "0", "null", "none", "None", "undefined", "root", "0000000000000000"};
  if (std::find(kNoIds.begin(), kNoIds.end(), id) != kNoIds.end()) return 0;
  return std::max<std::size_t>(std::hash<std::string_view>()(id), 1);
}

std::vector<RowOfTree> judge_rows(std::span<const TreeRow> rows) { return Tree(rows).judge(); }

}  // namespace usagectl
