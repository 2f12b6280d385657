#include "ledger/calls/rows_of_tree.hpp"

#include <algorithm>
#include <utility>

#include "formats/reading/row_tree.hpp"

namespace usagectl {

bool RowsOfTree::take(UsageRecord& record) {
  if (state_ == State::plain) return false;
  if (record.row.is_any) state_ = State::tree;
  const bool has_id = record.row.id != 0 || record.row.other_id != 0;
  if (state_ == State::undecided) {
    if (++seen_ > kFirstRows) state_ = State::plain;
    if (state_ == State::plain || (!has_id && rows_.empty())) return false;
  } else if (rows_.size() >= kMost) {
    state_ = State::plain;
    not_compared_ = rows_.front().place;
    return false;
  }
  rows_.push_back(std::move(record));
  return true;
}

std::vector<UsageRecord> RowsOfTree::release() {
  return state_ == State::plain ? std::exchange(rows_, {}) : std::vector<UsageRecord>();
}

RowsOfTree::Settled RowsOfTree::finish() {
  Settled settled;
  settled.doubtful = not_compared_;
  std::vector<UsageRecord> rows = std::exchange(rows_, {});
  const bool is_tree = state_ == State::tree;
  *this = {};
  state_ = State::plain;
  if (!is_tree) {
    settled.counted = std::move(rows);
    return settled;
  }
  std::vector<TreeRow> tree;
  tree.reserve(rows.size());
  for (const UsageRecord& row : rows) tree.push_back({row.row, completed(row.given, row.counts)});
  const std::vector<RowOfTree> verdicts = judge_rows(tree);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    UsageRecord& row = rows[i];
    switch (verdicts[i]) {
      case RowOfTree::call: settled.counted.push_back(std::move(row)); break;
      case RowOfTree::sum:
        ++settled.held;
        settled.sums.push_back(std::move(row));
        break;
      case RowOfTree::unclear:
        if (!settled.doubtful) settled.doubtful = row.place;
        settled.counted.push_back(std::move(row));
        break;
      case RowOfTree::no_sum:
        settled.findings.push_back(
            {.rule = Rule::sum,
             .severity = Severity::warning,
             .place = row.place,
             .cause = "not-counted",
             .explanation =
                 "the row is above others, as those are that sum up the rows below them, "
                 "and reports more than they do: it is not counted"});
        settled.sums.push_back(std::move(row));
        break;
    }
  }
  return settled;
}

}  // namespace usagectl
