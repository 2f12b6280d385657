#include "ledger/books/group_sums.hpp"

#include <utility>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

/// So many keys are found faster one by one, and most views have no more.
constexpr std::size_t kFewRows = 8;
constexpr std::size_t kFirstSlots = 32;
constexpr std::uint64_t kRowBits = 0xFFFFFFFF;

}  // namespace

std::string_view GroupSums::key_of(Row row) const {
  const std::size_t begin = begins_[row];
  const std::size_t end = row + std::size_t{1} < begins_.size() ? begins_[row + 1] : keys_.size();
  return std::string_view(keys_).substr(begin, end - begin);
}

GroupSums::Row GroupSums::append(std::string_view key) {
  begins_.push_back(keys_.size());
  keys_ += key;
  return tallies_.add_row();
}

std::size_t GroupSums::slot_of(std::string_view key, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint64_t held = slots_[slot];
    if (held == 0) return slot;
    const bool may_be = (held & ~kRowBits) == (hash & ~kRowBits);
    if (may_be && key_of(static_cast<Row>((held & kRowBits) - 1)) == key) return slot;
  }
}

void GroupSums::index_all() {
  std::size_t number = kFirstSlots;
  while (number < 2 * size()) number *= 2;
  slots_.assign(number, 0);
  for (Row row = 0; row < size(); ++row) {
    const std::uint64_t hash = short_text_hash(key_of(row));
    slots_[slot_of(key_of(row), hash)] = (hash & ~kRowBits) | (row + std::uint64_t{1});
  }
}

GroupSums::Row GroupSums::row_of(std::string_view key) {
  if (last_ >= size() || key_of(last_) != key) last_ = find_or_add(key);
  return last_;
}

GroupSums::Row GroupSums::find_or_add(std::string_view key) {
  if (slots_.empty()) {
    for (Row row = 0; row < size(); ++row) {
      if (key_of(row) == key) return row;
    }
    if (size() < kFewRows) return append(key);
    index_all();
  }
  const std::uint64_t hash = short_text_hash(key);
  std::size_t slot = slot_of(key, hash);
  if (slots_[slot] != 0) return static_cast<Row>((slots_[slot] & kRowBits) - 1);
  const Row row = append(key);
  if (4 * size() > 3 * slots_.size()) {
    index_all();
  } else {
    slots_[slot] = (hash & ~kRowBits) | (row + std::uint64_t{1});
  }
  return row;
}

void GroupSums::erase_those_without_records() {
  std::vector<Row> kept;
  for (Row row = 0; row < size(); ++row) {
    if (tallies_.records_of(row) != 0) kept.push_back(row);
  }
  if (kept.size() == size()) return;
  std::string keys;
  std::vector<std::uint64_t> begins;
  for (const Row row : kept) {
    begins.push_back(keys.size());
    keys += key_of(row);
  }
  keys_ = std::move(keys);
  begins_ = std::move(begins);
  tallies_.keep(kept);
  last_ = 0;
  if (!slots_.empty()) index_all();
}

std::size_t GroupSums::bytes() const {
  return tallies_.bytes() + keys_.capacity() +
         (begins_.capacity() + slots_.capacity()) * sizeof(std::uint64_t);
}

}  // namespace usagectl
