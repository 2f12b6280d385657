#include "model/tally_rows.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>
#include <utility>

namespace usagectl {

TallyRows::Row TallyRows::add_row() {
  if (rows_ >= std::numeric_limits<Row>::max()) throw std::length_error("too many groups");
  cells_.resize(cells_.size() + stride_);
  return static_cast<Row>(rows_++);
}

void TallyRows::need(Field field, std::size_t counter) {
  if (has(field, counter)) return;
  widen(field, counter);
  // Until now, no record knew the counter.
  const auto has_records = [&] {
    for (std::size_t row = 0; row < rows_; ++row) {
      if (cells_[row * stride_] != 0) return true;
    }
    return false;
  };
  if (field != low || has(lacking, counter) || !has_records()) return;
  widen(lacking, counter);
  for (std::size_t row = 0; row < rows_; ++row)
    cell(static_cast<Row>(row), lacking, counter) = cells_[row * stride_];
}

void TallyRows::widen(Field field, std::size_t counter) {
  std::vector<std::uint64_t> wider;
  wider.reserve((stride_ + 1) * std::max<std::size_t>(rows_, cells_.capacity() / stride_));
  wider.resize((stride_ + 1) * rows_);
  for (std::size_t row = 0; row < rows_; ++row)
    std::copy_n(cells_.data() + row * stride_, stride_, wider.data() + row * (stride_ + 1));
  columns_[at(field, counter)] = static_cast<std::uint8_t>(stride_);
  ++stride_;
  cells_ = std::move(wider);
}

TallyRows::Wide TallyRows::sum(Row row, std::size_t counter) const {
  const auto upper = static_cast<std::int64_t>(value(row, high, counter));
  __extension__ using Unsigned = unsigned __int128;
  return static_cast<Wide>(static_cast<Unsigned>(static_cast<Wide>(upper)) << 64 |
                           value(row, low, counter));
}

void TallyRows::set_sum(Row row, std::size_t counter, Wide sum) {
  const auto upper = static_cast<std::uint64_t>(sum >> 64);
  if (upper != 0) need(high, counter);
  cell(row, low, counter) = static_cast<std::uint64_t>(sum);
  if (has(high, counter)) cell(row, high, counter) = upper;
}

void TallyRows::change(Row row, std::size_t counter, Field field, std::uint64_t times) {
  if (times == 0) return;
  need(field, counter);
  cell(row, field, counter) += times;
}

void TallyRows::apply(Row row, const Counts& counts, bool takes_back) {
  const std::uint64_t once = takes_back ? std::uint64_t(0) - 1 : 1;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const Counter counter = kCounters[i];
    if (const auto count = counts[counter]) {
      need(low, i);
      set_sum(row, i, takes_back ? sum(row, i) - *count : sum(row, i) + *count);
      continue;
    }
    if (has(low, i)) change(row, i, lacking, once);
    if (counts.is_open(counter)) change(row, i, open, once);
  }
  cells_[row * stride_] += once;
}

void TallyRows::add(Row row, const Counts& counts, const CostOfRecord& cost) {
  apply(row, counts, false);
  if (!cost) return;
  if (costs_.size() <= row) costs_.resize(std::max<std::size_t>(rows_, row + std::size_t{1}));
  costs_[row].add(*cost);
}

void TallyRows::remove(Row row, const Counts& counts, const CostOfRecord& cost) {
  apply(row, counts, true);
  if (cost && row < costs_.size()) costs_[row].remove(*cost);
}

void TallyRows::merge(Row row, const Tally& tally) {
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const std::uint64_t unknown = tally.records - tally.known[i];
    const auto more = std::bit_cast<Wide>(tally.sums[i]);
    if (tally.known[i] != 0 || more != 0) {
      need(low, i);
      set_sum(row, i, sum(row, i) + more);
    }
    if (has(low, i)) change(row, i, lacking, unknown);
    change(row, i, open, tally.open[i]);
  }
  cells_[row * stride_] += tally.records;
  if (tally.costs.empty()) return;
  if (costs_.size() <= row) costs_.resize(std::max<std::size_t>(rows_, row + std::size_t{1}));
  costs_[row].merge(tally.costs);
}

Tally TallyRows::operator[](Row row) const {
  Tally tally;
  tally.records = records_of(row);
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    tally.open[i] = value(row, open, i);
    if (!has(low, i)) continue;
    tally.sums[i] = std::bit_cast<ExactSum>(sum(row, i));
    tally.known[i] = tally.records - value(row, lacking, i);
  }
  if (row < costs_.size()) tally.costs = costs_[row];
  return tally;
}

void TallyRows::keep(const std::vector<Row>& rows) {
  std::size_t kept = 0;
  for (const Row row : rows) {
    std::copy_n(cells_.data() + row * stride_, stride_, cells_.data() + kept * stride_);
    if (row != kept && kept < costs_.size())
      costs_[kept] = row < costs_.size() ? std::exchange(costs_[row], {}) : CostSums();
    ++kept;
  }
  rows_ = kept;
  cells_.resize(rows_ * stride_);
  if (costs_.size() > rows_) costs_.resize(rows_);
}

}  // namespace usagectl
