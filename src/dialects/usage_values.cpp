#include "dialects/usage_values.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "model/count.hpp"

namespace usagectl {

namespace {

/// What a number may count whose name no dialect knows, among the members of what is around it.
UnknownKey what_may_count_there(std::string_view name, const UsageValues::Around* around) {
  // What is among prices or in a list of calls is none of the object's own counts.
  for (const auto* outer = around; outer != nullptr; outer = outer->outer) {
    if (outer->is_list || what_may_count(outer->name, false) == UnknownKey::no_counter)
      return UnknownKey::no_counter;
  }
  const UnknownKey may_count = what_may_count(name, around != nullptr);
  if (may_count != UnknownKey::detail) return may_count;
  // "fetched" in an object called "cacheStore" is cache.
  const UnknownKey of_all = what_may_count(around->name, false);
  return of_all == UnknownKey::cache || of_all == UnknownKey::reasoning ? of_all : may_count;
}

/// "cache/read", below the objects around it.
std::string path_below(const UsageValues::Around* around, std::string_view name) {
  std::string path(name);
  for (; around != nullptr; around = around->outer) path = std::string(around->name) + "/" + path;
  return path;
}

/// The details in a list that holds nothing else, as the OpenAI Agents SDK writes them:
/// "input_tokens_details": [{"cached_tokens": 3}] (agents/usage.py, serialize_usage).
Json only_object_of_list(const KeyNode& node, const Json& value) {
  const bool is_one = value.is_array() && value.size() == 1 && value.item(0).is_object();
  return is_one && node.child("0") == nullptr ? value.item(0) : Json();
}

/// Names under which usage objects themselves say something in words.
bool names_text_of_usage(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "type", "service_tier", "serviceTier", "tier",         "speed", "currency",
      "unit", "trafficType",  "modality",    "traffic_type", "geo",   "inference_geo"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

UsageValues::MemberUse UsageValues::use_of(const KeyNode* node, std::string_view name,
                                           JsonKind kind, const Around* around) {
  MemberUse use;
  if (kind == JsonKind::null) return use;
  const KeyNode* const child = node == nullptr ? nullptr : node->child(name);
  // A key that some dialect counts is no cost, nor is what is in the details.
  const bool is_counted = child != nullptr && (child->counted || child->detail);
  use.may_be_cost = around == nullptr && !is_counted && StatedCost::may_name_cost(name);
  // "cached": true counts nothing; "is_byok": false is a mark of a dialect.
  if (kind == JsonKind::boolean && name.find("oken") == std::string_view::npos) {
    use.is_mark = true;
    if (child != nullptr && !is_counted) use.key = child->key;
    return use;
  }
  if (child == nullptr) {
    if (kind == JsonKind::number) use.unknown = what_may_count_there(name, around);
    use.holds_parts = kind == JsonKind::object && holds_parts(name);
    return use;
  }
  // A key may hold a number in one dialect and an object with the number in another.
  if (child->key && !(is_counted && kind == JsonKind::object)) {
    use.key = child->key;
    use.is_read = is_counted;
    use.is_detail = !child->counted;
  }
  if (!child->children.empty()) use.inside = child;
  return use;
}

void UsageValues::begin() {
  present_.reset();
  slots_.clear();
  repeated_.clear();
  unknown_.clear();
  calls_.reset();
  cost_ = {};
  merged_ = false;
}

void UsageValues::take(const MemberUse& use, std::string_view name, const Json& value,
                       const Around* around) {
  if (use.may_be_cost) cost_.take(name, value);
  if (use.key) {
    if (!use.is_mark && present_.test(*use.key)) repeated_.push_back(*use.key);
    present_.set(*use.key);
    if (use.is_read) {
      CountReading reading = read_count_or_digits(value);
      slots_.push_back({*use.key, reading.count, value.is_text() && reading.count.has_value(),
                        std::move(reading.fault), use.is_detail});
    }
  }
  if (use.unknown == UnknownKey::no_counter) return;
  const auto count = read_count(value).count;
  if (use.unknown == UnknownKey::calls) {
    if (!calls_) calls_ = count;
  } else if (count && *count > 0) {
    unknown_.push_back({path_below(around, name), *count, use.unknown});
  }
}

void UsageValues::collect(const KeyNode* node, const Json& object, const Around* around) {
  const auto take_member = [&](std::string_view name, const Json& value) {
    const MemberUse use = use_of(node, name, value.kind(), around);
    take(use, name, value, around);
    if (use.inside == nullptr && !use.holds_parts) return;
    const Json only = use.inside == nullptr ? Json() : only_object_of_list(*use.inside, value);
    const Around inside{name, around, value.is_array() && !only.present()};
    collect(use.inside, only.present() ? only : value, &inside);
  };
  object.each_member(take_member);
  // A layout may name the columns of a row; they have no names of their own.
  if (node == nullptr) return;
  object.each_item([&](std::size_t index, const Json& item) {
    const std::string name = std::to_string(index);
    if (node->child(name) != nullptr) take_member(name, item);
  });
}

/// A row of a log is a usage object among other things: there a name must speak of tokens.
void UsageValues::forget_columns_of_a_row(const Json& object) {
  const auto is_any_column = [](const Unknown& number) {
    return number.may_count == UnknownKey::any && number.path.find('/') == std::string::npos;
  };
  if (std::none_of(unknown_.begin(), unknown_.end(), is_any_column)) return;
  bool is_row = false;
  object.each_member([&](std::string_view name, const Json& value) {
    const bool is_text = value.is_text() && !value.text().empty() && !names_text_of_usage(name);
    is_row =
        is_row || !field_named(name).empty() || (is_text && !read_count_or_digits(value).count);
  });
  if (is_row) std::erase_if(unknown_, is_any_column);
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
      if (older.key != newer.key || placed) continue;
      placed = true;
      // Counts of a stream never fall: a zero in its later events says nothing.
      const bool says_nothing = newer.count == 0 && older.count.value_or(0) > 0;
      if (!says_nothing) older = newer;
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
