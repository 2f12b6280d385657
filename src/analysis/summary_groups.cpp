#include "analysis/summary_groups.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "ledger/books/group_order.hpp"

namespace usagectl {
namespace {

/// The values of a packed key, as parts of it.
std::vector<std::optional<std::string_view>> values_of(std::string_view packed) {
  std::vector<std::optional<std::string_view>> values;
  while (!packed.empty()) values.push_back(take_value(packed));
  return values;
}

std::optional<std::string_view> value_at(std::string_view packed, std::size_t column) {
  for (std::size_t i = 0; i < column; ++i) take_value(packed);
  return take_value(packed);
}

}  // namespace

SummaryGroups::SummaryGroups(std::initializer_list<SummaryGroup> groups) {
  for (const SummaryGroup& group : groups) push_back(group);
}

SummaryGroups::SummaryGroups(GroupSums&& sums, std::vector<std::size_t> columns)
    : held_(std::make_shared<Held>(Held{std::move(sums), {}})),
      order_(rows_in_natural_order(held_->sums)),
      columns_(std::move(columns)) {}

GroupKey SummaryGroups::key_of(std::size_t at) const {
  const auto values = values_of(held_->sums.key_of(order_[at]));
  GroupKey key;
  key.reserve(columns_.size());
  for (const std::size_t column : columns_) {
    const auto& value = values[column];
    key.push_back(value ? std::optional<std::string>(*value) : std::nullopt);
  }
  return key;
}

std::optional<CalculatedCost> SummaryGroups::calculated_of(std::size_t at) const {
  return held_->calculated.empty() ? std::nullopt : held_->calculated[order_[at]];
}

bool SummaryGroups::has_value(std::size_t at, std::size_t column) const {
  return value_at(held_->sums.key_of(order_[at]), columns_[column]).has_value();
}

void SummaryGroups::push_back(const SummaryGroup& group) {
  if (!held_) {
    held_ = std::make_shared<Held>();
    columns_.resize(group.key.size());
    std::iota(columns_.begin(), columns_.end(), 0);
  }
  std::string packed;
  for (const auto& value : group.key) append_value(value, packed);
  const Row row = held_->sums.row_of(packed);
  held_->sums.tallies().merge(row, group.tally);
  order_.push_back(row);
  if (group.calculated) set_calculated(size() - 1, group.calculated);
}

void SummaryGroups::put_largest_first(Counter counter) {
  std::vector<std::pair<Count, Row>> sums;
  sums.reserve(size());
  // What is not known is less than 0.
  for (const Row row : order_)
    sums.emplace_back(held_->sums.tallies()[row].sum_of(counter).value_or(-1), row);
  std::stable_sort(sums.begin(), sums.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < sums.size(); ++i) order_[i] = sums[i].second;
}

void SummaryGroups::put_in_order_of(std::size_t column) {
  const auto value_of = [&](Row row) {
    return value_at(held_->sums.key_of(row), columns_[column]);
  };
  std::stable_sort(order_.begin(), order_.end(),
                   [&](Row a, Row b) { return natural_less(value_of(a), value_of(b)); });
}

void SummaryGroups::set_calculated(std::size_t at, std::optional<CalculatedCost> calculated) {
  held_->calculated.resize(held_->sums.size());
  held_->calculated[order_[at]] = std::move(calculated);
}

SummaryGroups SummaryGroups::at(const std::vector<std::size_t>& positions) const {
  SummaryGroups some;
  some.held_ = held_;
  some.columns_ = columns_;
  some.order_.reserve(positions.size());
  for (const std::size_t position : positions) some.order_.push_back(order_[position]);
  return some;
}

SummaryGroups SummaryGroups::with_columns(const std::vector<std::size_t>& columns) const {
  SummaryGroups some = *this;
  some.columns_.clear();
  for (const std::size_t column : columns) some.columns_.push_back(columns_[column]);
  return some;
}

}  // namespace usagectl
