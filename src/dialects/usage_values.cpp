#include "dialects/usage_values.hpp"

#include "model/count.hpp"

namespace usagectl {

void UsageValues::collect(const KeyNode& node, const Json& object) {
  const auto take = [&](std::string_view name, const Json& value) {
    if (value.is_null()) return;
    const KeyNode* child = node.child(name);
    if (child == nullptr) return;
    if (child->key) {
      const KeyId key = *child->key;
      // A key may hold a number in one dialect and an object with the number in another.
      const bool is_read = child->counted || child->detail;
      if (!is_read || !value.is_object()) {
        if (present_.test(key)) repeated_.push_back(key);
        present_.set(key);
      }
      if (is_read && !value.is_object()) {
        CountReading reading = read_count_or_digits(value);
        slots_.push_back({key, reading.count, value.is_text() && reading.count.has_value(),
                          std::move(reading.fault), !child->counted});
      }
    }
    if (!child->children.empty()) collect(*child, value);
  };
  object.each_member(take);
  // A layout may name the columns of a row.
  if (object.is_array())
    object.each_item(
        [&](std::size_t index, const Json& item) { take(std::to_string(index), item); });
}

const UsageValues::Slot* UsageValues::slot(KeyId key) const {
  for (const Slot& slot : slots_) {
    if (slot.key == key) return &slot;
  }
  return nullptr;
}

std::optional<Count> UsageValues::count(KeyId key) const {
  if (!present_.test(key)) return std::nullopt;
  const Slot* found = slot(key);
  return found == nullptr ? std::nullopt : found->count;
}

void UsageValues::replace_with(const UsageValues& later) {
  merged_ = true;
  for (const Slot& newer : later.slots_) {
    bool placed = false;
    for (Slot& older : slots_) {
      if (older.key == newer.key && !placed) {
        older = newer;
        placed = true;
      }
    }
    if (!placed) slots_.push_back(newer);
  }
  present_ |= later.present_;
}

bool UsageValues::add(const UsageValues& other) {
  merged_ = true;
  bool fits = true;
  for (const Slot& more : other.slots_) {
    bool placed = false;
    for (Slot& mine : slots_) {
      if (mine.key != more.key || placed) continue;
      placed = true;
      if (!mine.count || !more.count) {
        mine.count.reset();
        continue;
      }
      ExactSum sum(*mine.count);
      sum += *more.count;
      mine.count = sum.count();
      fits = fits && mine.count;
    }
    if (!placed) slots_.push_back(more);
  }
  present_ |= other.present_;
  return fits;
}

bool same_numbers(const UsageValues& a, const UsageValues& b) {
  for (const auto& slot : a.slots_) {
    const auto* other = b.slot(slot.key);
    if (other != nullptr && other->count != slot.count) return false;
  }
  return true;
}

}  // namespace usagectl
