#include "dialects/usage_values.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "model/count.hpp"

namespace usagectl {

void UsageValues::collect_unknown(std::string_view name, const Json& value, const Around* around) {
  if (value.is_number()) {
    // What is among prices or in a list of calls is none of the object's own counts.
    for (const Around* outer = around; outer != nullptr; outer = outer->outer) {
      if (outer->is_list || what_may_count(outer->name, false) == UnknownKey::no_counter) return;
    }
    UnknownKey may_count = what_may_count(name, around != nullptr);
    // "fetched" in an object called "cacheStore" is cache.
    if (may_count == UnknownKey::detail) {
      const UnknownKey of_all = what_may_count(around->name, false);
      if (of_all == UnknownKey::cache || of_all == UnknownKey::reasoning) may_count = of_all;
    }
    if (may_count == UnknownKey::no_counter) return;
    const auto count = read_count(value).count;
    if (may_count == UnknownKey::calls) {
      if (!calls_) calls_ = count;
      return;
    }
    if (!count || *count == 0) return;
    std::string path(name);
    for (; around != nullptr; around = around->outer) path = std::string(around->name) + "/" + path;
    unknown_.push_back({std::move(path), *count, may_count});
  } else if (value.is_object() && holds_parts(name)) {
    const Around inside{name, around};
    value.each_member(
        [&](std::string_view key, const Json& member) { collect_unknown(key, member, &inside); });
  }
}

/// The details in a list that holds nothing else, as the OpenAI Agents SDK writes them:
/// "input_tokens_details": [{"cached_tokens": 3}] (agents/usage.py, serialize_usage).
Json UsageValues::only_object_of_list(const KeyNode& node, const Json& value) {
  const bool is_one = value.is_array() && value.size() == 1 && value.item(0).is_object();
  return is_one && node.child("0") == nullptr ? value.item(0) : Json();
}

void UsageValues::collect(const KeyNode& node, const Json& object, const Around* around) {
  const auto take = [&](std::string_view name, const Json& value) {
    if (value.is_null()) return;
    const KeyNode* child = node.child(name);
    // Of a key that no dialect counts, at the level of the object itself.
    const bool is_counted = child != nullptr && (child->counted || child->detail);
    if (around == nullptr && !is_counted && StatedCost::may_name_cost(name) && object.is_object())
      cost_.take(name, value);
    // "cached": true counts nothing; "is_byok": false is a mark of a dialect.
    if (value.is_bool() && name.find("oken") == std::string_view::npos) {
      if (child != nullptr && child->key && !child->counted && !child->detail)
        present_.set(*child->key);
      return;
    }
    if (child == nullptr) {
      // The columns of a row have no names of their own.
      if (!object.is_array()) collect_unknown(name, value, around);
      return;
    }
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
    if (!child->children.empty()) {
      const Json only = only_object_of_list(*child, value);
      const Around inside{name, around, value.is_array() && !only.present()};
      collect(*child, only.present() ? only : value, &inside);
    }
  };
  object.each_member(take);
  // A layout may name the columns of a row.
  if (object.is_array())
    object.each_item(
        [&](std::size_t index, const Json& item) { take(std::to_string(index), item); });
}

/// A row of a log is a usage object among other things: there a name must speak of tokens.
void UsageValues::forget_columns_of_a_row(const Json& object) {
  const auto is_any_column = [](const Unknown& number) {
    return number.may_count == UnknownKey::any && number.path.find('/') == std::string::npos;
  };
  if (std::none_of(unknown_.begin(), unknown_.end(), is_any_column)) return;
  bool is_row = false;
  object.each_member(
      [&](std::string_view name, const Json&) { is_row = is_row || !field_named(name).empty(); });
  if (is_row) std::erase_if(unknown_, is_any_column);
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

/// The number under that key; 0 where there is none so far.
UsageValues::Unknown& UsageValues::unknown_at(const Unknown& like) {
  for (Unknown& mine : unknown_) {
    if (mine.path == like.path) return mine;
  }
  return unknown_.emplace_back(Unknown{like.path, 0, like.may_count});
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
  cost_.replace_with(later.cost_);
  for (const Unknown& newer : later.unknown_) unknown_at(newer).count = newer.count;
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
  cost_.add(other.cost_);
  for (const Unknown& more : other.unknown_) {
    Count& sum = unknown_at(more).count;
    const auto count = (ExactSum(sum) += more.count).count();
    fits = fits && count;
    sum = count.value_or(kLargestCount);
  }
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
