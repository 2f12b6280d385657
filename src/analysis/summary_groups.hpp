#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "analysis/prices/priced_calls.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/books/group_sums.hpp"
#include "model/tally.hpp"

namespace usagectl {

struct SummaryGroup {
  GroupKey key;  ///< one value per name of the breakdown
  Tally tally;
  std::optional<CalculatedCost> calculated = {};  ///< where prices were asked for
};

/// The groups of a breakdown in their order. They are made when they are asked for: what is held is
/// the sums of the ledger, which copies share, and an order of them.
class SummaryGroups {
 public:
  SummaryGroups() = default;
  SummaryGroups(std::initializer_list<SummaryGroup> groups);
  /// In the natural order of the keys, of which only these columns differ.
  SummaryGroups(GroupSums&& sums, std::vector<std::size_t> columns);

  std::size_t size() const { return order_.size(); }
  bool empty() const { return order_.empty(); }
  SummaryGroup operator[](std::size_t at) const {
    return {key_of(at), tally_of(at), calculated_of(at)};
  }
  SummaryGroup front() const { return (*this)[0]; }
  GroupKey key_of(std::size_t at) const;
  Tally tally_of(std::size_t at) const { return held_->sums.tallies()[order_[at]]; }
  std::optional<CalculatedCost> calculated_of(std::size_t at) const;
  bool has_value(std::size_t at, std::size_t column) const;

  /// Behind the others; no two have the same key. Its columns are those of the first one.
  void push_back(const SummaryGroup& group);
  void keep_first(std::size_t number) { order_.resize(number); }
  /// What is not known comes last. Groups that are equal stay in their order, here and below.
  void put_largest_first(Counter counter);
  void put_in_order_of(std::size_t column);
  void set_calculated(std::size_t at, std::optional<CalculatedCost> calculated);

  /// Those at these positions, and of their keys these columns.
  SummaryGroups at(const std::vector<std::size_t>& positions) const;
  SummaryGroups with_columns(const std::vector<std::size_t>& columns) const;

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = SummaryGroup;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = SummaryGroup;

    Iterator(const SummaryGroups* groups, std::size_t at) : groups_(groups), at_(at) {}
    SummaryGroup operator*() const { return (*groups_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const SummaryGroups* groups_;
    std::size_t at_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  using Row = GroupSums::Row;
  struct Held {
    GroupSums sums;
    std::vector<std::optional<CalculatedCost>> calculated;  ///< by row, where there are any
  };

  std::shared_ptr<Held> held_;
  std::vector<Row> order_;
  std::vector<std::size_t> columns_;  ///< of the values of the keys
};

}  // namespace usagectl
