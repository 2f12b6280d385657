// Keys are compared by the bytes of a code that has their natural order, sixteen at a time: a
// comparison of the keys themselves waits for both of them to come from memory.
#include "ledger/books/group_order.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/natural_order.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

using Row = GroupSums::Row;

constexpr std::size_t kCodeBytes = 16;
constexpr std::size_t kMostBytes = 256;  // keys that are the same so far are compared themselves

struct Coded {
  std::uint64_t upper = 0;
  std::uint64_t lower = 0;
  Row row = 0;
  bool has_more = false;  ///< the code goes on behind these bytes

  bool is_before(const Coded& other) const {
    return upper != other.upper ? upper < other.upper : lower < other.lower;
  }
  bool has_same_bytes(const Coded& other) const {
    return upper == other.upper && lower == other.lower;
  }
};

/// Sixteen bytes of the code of a key, from some byte on.
class Code {
 public:
  Code(Row row, std::size_t from) : from_(from) { coded_.row = row; }

  Coded of(std::string_view packed) {
    while (!packed.empty() && !is_full()) {
      if (const auto value = take_value(packed)) {
        put(1);
        // Behind a value that other texts equal but for zeros, only the texts can decide.
        if (!put_value(*value)) packed = {};
      } else {
        put(0);
      }
    }
    coded_.has_more = !packed.empty() || is_full();
    return coded_;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  bool is_full() const { return at_ > from_ + kCodeBytes; }

  void put(std::uint8_t byte) {
    const std::size_t at = at_++;
    if (at < from_ || at >= from_ + kCodeBytes) return;
    const std::size_t shift = 8 * (7 - (at - from_) % 8);
    (at - from_ < 8 ? coded_.upper : coded_.lower) |= std::uint64_t{byte} << shift;
  }

  /// Characters are themselves; a number is the digit 0, how many digits it has, and those. The
  /// end comes before any character. False where the code cannot go on.
  bool put_value(std::string_view value) {
    bool has_zeros = false;
    for (std::size_t at = 0; at < value.size();) {
      if (!is_digit(value[at])) {
        put(static_cast<std::uint8_t>(value[at]));
        if (value[at] == '\0') put(0xFF);
        ++at;
        continue;
      }
      for (; at < value.size() && value[at] == '0'; ++at) has_zeros = true;
      const std::size_t first = at;
      while (at < value.size() && is_digit(value[at])) ++at;
      put('0');
      put(static_cast<std::uint8_t>(std::min<std::size_t>(at - first, 0xFF)));
      if (at - first >= 0xFF) return false;
      for (const char digit : value.substr(first, at - first))
        put(static_cast<std::uint8_t>(digit));
    }
    put(0);
    put(1);
    return !has_zeros;
  }

  Coded coded_;
  std::size_t from_;
  std::size_t at_ = 0;
};

bool is_key_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto left = take_value(a);
    const auto right = take_value(b);
    if (natural_less(left, right)) return true;
    if (natural_less(right, left)) return false;
  }
  return a.empty() && !b.empty();
}

class Sorting {
 public:
  explicit Sorting(const GroupSums& sums) : sums_(sums) {}

  std::vector<Row> order() {
    std::vector<Coded> rows;
    rows.reserve(sums_.size());
    for (Row row = 0; row < sums_.size(); ++row) rows.push_back(Code(row, 0).of(key_of(row)));
    sort(rows.begin(), rows.end(), 0);
    std::vector<Row> order;
    order.reserve(rows.size());
    for (const Coded& coded : rows) order.push_back(coded.row);
    return order;
  }

 private:
  using Iterator = std::vector<Coded>::iterator;

  std::string_view key_of(Row row) const { return sums_.key_of(row); }

  /// Of rows whose codes are made from that byte on, and are the same before it.
  void sort(Iterator first, Iterator last, std::size_t from) {
    std::sort(first, last, [](const Coded& a, const Coded& b) { return a.is_before(b); });
    while (first != last) {
      const auto end =
          std::find_if(first, last, [&](const Coded& one) { return !one.has_same_bytes(*first); });
      if (end - first > 1) sort_same(first, end, from + kCodeBytes);
      first = end;
    }
  }

  void sort_same(Iterator first, Iterator last, std::size_t from) {
    constexpr std::ptrdiff_t kFew = 4;
    const bool has_more = std::any_of(first, last, [](const Coded& one) { return one.has_more; });
    if (last - first <= kFew || !has_more || from >= kMostBytes) {
      std::sort(first, last, [this](const Coded& a, const Coded& b) {
        return is_key_before(key_of(a.row), key_of(b.row));
      });
      return;
    }
    for (auto one = first; one != last; ++one) *one = Code(one->row, from).of(key_of(one->row));
    sort(first, last, from);
  }

  const GroupSums& sums_;
};

}  // namespace

std::vector<Row> rows_in_natural_order(const GroupSums& sums) { return Sorting(sums).order(); }

}  // namespace usagectl
