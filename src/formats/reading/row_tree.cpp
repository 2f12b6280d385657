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
  /// `parents_first`: as the rows are written, where that matters.
  Tree(std::span<const TreeRow> rows, bool parents_first)
      : rows_(rows), above_(rows.size(), kNone) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const std::size_t id : {rows[i].place.id, rows[i].place.other_id}) {
        if (id != 0) by_id_[id].push_back(i);
      }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) above_[i] = nearest_above(i, parents_first);
    cut_rings();
    below_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (above_[i] != kNone) below_[above_[i]].add(rows[i].counts);
    }
    add_what_is_far_below();
  }

  /// Whether some rows have the same id.
  bool are_ids_shared() const { return are_ids_shared_; }

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
      if (!matches[i]) continue;
      const bool is_more = *matches[i] == Match::more;
      // Where rows share their ids, others may be below this one.
      const bool is_unclear = are_ids_shared_ || (is_more && !any_sum && below_[i].records > 1);
      verdicts[i] = *matches[i] == Match::sum ? RowOfTree::sum
                    : is_unclear              ? RowOfTree::unclear
                    : is_more && any_sum      ? RowOfTree::no_sum
                                              : RowOfTree::call;
    }
    return verdicts;
  }

 private:
  /// Where each trace numbers its rows anew, the nearest one of the id on the one side is meant.
  std::size_t nearest_above(std::size_t row, bool comes_first) {
    const std::size_t above = rows_[row].place.above;
    const auto found = by_id_.find(above);
    if (above == 0 || found == by_id_.end()) return kNone;
    const std::vector<std::size_t>& same = found->second;
    are_ids_shared_ = are_ids_shared_ || same.size() > 1;
    const auto behind = std::lower_bound(same.begin(), same.end(), row);
    const bool is_before = behind == same.end() || (comes_first && behind != same.begin());
    const std::size_t nearest = is_before ? *(behind - 1) : *behind;
    return nearest == row ? kNone : nearest;
  }

  /// Rows that are each above the other are above none.
  void cut_rings() {
    enum class State : std::uint8_t { unknown, on_the_way, known };
    std::vector<State> states(rows_.size(), State::unknown);
    std::vector<std::size_t> way;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      way.clear();
      std::size_t at = i;
      while (at != kNone && states[at] == State::unknown) {
        states[at] = State::on_the_way;
        way.push_back(at);
        at = above_[at];
      }
      if (at != kNone && states[at] == State::on_the_way) {
        for (auto row = std::find(way.begin(), way.end(), at); row != way.end(); ++row)
          above_[*row] = kNone;
      }
      for (const std::size_t row : way) states[row] = State::known;
    }
  }

  /// A parent 0 is none, unless a row has this number.
  bool is_at_the_top(std::size_t row) const {
    static const std::size_t kZero = hash_of_row_id("0");
    const std::size_t above = rows_[row].place.above;
    return above == 0 || (above == kZero && !by_id_.contains(above));
  }

  /// Below the only row at the top are those, too, that are below rows without usage.
  void add_what_is_far_below() {
    std::size_t top = kNone;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!is_at_the_top(i)) continue;
      if (top != kNone) return;
      top = i;
    }
    if (top == kNone) return;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i != top && above_[i] == kNone) below_[top].add(rows_[i].counts);
    }
  }

  std::span<const TreeRow> rows_;
  std::vector<std::size_t> above_;  ///< the row above each one
  std::vector<Tally> below_;        ///< what the rows right below each one report
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_id_;
  bool are_ids_shared_ = false;
};

}  // namespace

std::size_t hash_of_row_id(std::string_view id) { return hash_of_row_id(id, text_hash(id)); }

std::size_t hash_of_row_id(std::string_view id, const TextHash& hash) {
  static constexpr std::array<std::string_view, 7> kNoIds = {
      "", "null", "none", "None", "undefined", "root", "0000000000000000"};
  if (std::find(kNoIds.begin(), kNoIds.end(), id) != kNoIds.end()) return 0;
  return std::max<std::size_t>(hash.low, 1);
}

std::vector<RowOfTree> judge_rows(std::span<const TreeRow> rows) {
  const Tree tree(rows, true);
  std::vector<RowOfTree> verdicts = tree.judge();
  if (!tree.are_ids_shared()) return verdicts;
  std::vector<RowOfTree> others = Tree(rows, false).judge();
  const auto sums = [](const std::vector<RowOfTree>& of) {
    return std::count(of.begin(), of.end(), RowOfTree::sum);
  };
  return sums(others) > sums(verdicts) ? others : verdicts;
}

}  // namespace usagectl
