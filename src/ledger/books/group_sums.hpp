#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "model/tally_rows.hpp"

namespace usagectl {

/// Sums by group key, which is packed (see GroupKey), in the order in which the keys were met. A
/// million groups take some hundred bytes each: every key is held once, and the sums are rows of
/// numbers.
class GroupSums {
 public:
  using Row = TallyRows::Row;

  /// Made when it is asked for; as long-lived as the sums.
  struct Group {
    std::string_view key;
    Tally tally;
  };

  /// The row with this key; a new one where there is none.
  Row row_of(std::string_view key);
  std::string_view key_of(Row row) const;
  const TallyRows& tallies() const { return tallies_; }
  TallyRows& tallies() { return tallies_; }

  void add(std::string_view key, const Counts& counts, const CostOfRecord& cost = {}) {
    tallies_.add(row_of(key), counts, cost);
  }
  void merge(std::string_view key, const Tally& tally) { tallies_.merge(row_of(key), tally); }
  /// Numbers the rest anew.
  void erase_those_without_records();

  std::size_t size() const { return tallies_.size(); }
  bool empty() const { return size() == 0; }
  /// Memory in use, costs aside.
  std::size_t bytes() const;

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Group;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Group;

    Iterator(const GroupSums* sums, Row row) : sums_(sums), row_(row) {}
    Group operator*() const { return {sums_->key_of(row_), sums_->tallies_[row_]}; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const GroupSums* sums_;
    Row row_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, static_cast<Row>(size())}; }

 private:
  Row find_or_add(std::string_view key);
  Row append(std::string_view key);
  void index_all();
  /// The slot of the key, or the free one where it would be.
  std::size_t slot_of(std::string_view key, std::uint64_t hash) const;

  TallyRows tallies_;
  std::string keys_;                   ///< one behind the other
  std::vector<std::uint64_t> begins_;  ///< of each key
  std::vector<std::uint64_t> slots_;   ///< half a hash and a row + 1; none for a few rows
  Row last_ = 0;                       ///< that was asked for: the calls of a session come in runs
};

}  // namespace usagectl
