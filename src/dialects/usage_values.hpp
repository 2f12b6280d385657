#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/costs/stated_cost.hpp"
#include "dialects/unknown_keys.hpp"
#include "input/json/json.hpp"
#include "model/count.hpp"

namespace usagectl {

/// The numbers of one usage object that a catalogue knows, without the document they stood in.
class UsageValues {
 public:
  struct Slot {
    KeyId key = 0;
    std::optional<Count> count;
    bool digits = false;  ///< written as a string of digits
    std::string fault;    ///< why this is no count
    bool detail = false;  ///< no counter is read from it
  };

  /// A number under a key that no dialect knows, and that may be a counter by its name.
  struct Unknown {
    std::string path;
    Count count = 0;
    UnknownKey may_count = UnknownKey::any;
  };

  /// The objects around one, from the inside out.
  struct Around {
    std::string_view name;
    const Around* outer = nullptr;
    bool is_list = false;
  };

  /// What a member is read as: its name, the kind of its value and what is around it decide.
  struct MemberUse {
    std::optional<KeyId> key;  ///< as which some dialect knows it
    bool is_mark = false;      ///< the key is there, and tells nothing else
    bool is_read = false;      ///< a number is read from it
    bool is_detail = false;    ///< and no counter is
    bool may_be_cost = false;
    UnknownKey unknown = UnknownKey::no_counter;  ///< what a number under no known key may count
    const KeyNode* inside = nullptr;              ///< what dialects know of its members
    bool holds_parts = false;  ///< its members may count, and no dialect knows them

    /// Whether a number there is the count of a key, and nothing else.
    bool is_count_alone() const {
      return key && is_read && !is_mark && !may_be_cost && unknown == UnknownKey::no_counter;
    }
  };
  /// Of a member of an object that is known as `node`, nullptr where no dialect knows it.
  static MemberUse use_of(const KeyNode* node, std::string_view name, JsonKind kind,
                          const Around* around);

  UsageValues() = default;
  /// Reads the members of a usage object.
  UsageValues(const Catalogue& catalogue, const Json& usage) {
    slots_.reserve(kUsualSlots);
    collect(&catalogue.keys(), usage, nullptr);
    finish(usage);
  }

  /// Reads an object member by member, each as its use says: begin(), take() for each in their
  /// order, finish() with the object.
  void begin();
  void take(const MemberUse& use, std::string_view name, const Json& value, const Around* around);
  /// The same of a number that is a count alone.
  void take_count(const MemberUse& use, Count count) {
    if (present_.test(*use.key)) repeated_.push_back(*use.key);
    present_.set(*use.key);
    slots_.push_back({*use.key, count, false, {}, use.is_detail});
  }
  void finish(const Json& usage) {
    if (!unknown_.empty()) forget_columns_of_a_row(usage);
  }

  /// Every known key with a value other than null.
  const KeySet& present() const { return present_; }
  bool empty() const { return present_.none(); }
  const std::vector<Slot>& slots() const { return slots_; }
  const Slot* slot(KeyId key) const {
    for (const Slot& slot : slots_) {
      if (slot.key == key) return &slot;
    }
    return nullptr;
  }
  /// No number is a fault, or makes the object something else.
  bool are_all_counts() const {
    for (const Slot& slot : slots_) {
      if (!slot.count) return false;
    }
    return true;
  }
  /// Nothing but counts, of each key once.
  bool are_plain_counts() const {
    const auto is_plain = [](const Slot& slot) { return slot.count && !slot.digits; };
    return std::all_of(slots_.begin(), slots_.end(), is_plain) && repeated_.empty() &&
           unknown_.empty() && !calls_ && cost_.empty() && !merged_;
  }
  void set_count(std::size_t slot, Count count) { slots_[slot].count = count; }
  /// Asked for every key of a dialect, of which few are there.
  std::optional<Count> count(KeyId key) const {
    if (!present_[key]) return std::nullopt;
    const Slot* found = slot(key);
    return found == nullptr ? std::nullopt : found->count;
  }
  /// Keys that stood twice in their object.
  const std::vector<KeyId>& repeated() const { return repeated_; }
  /// In the order in which they stand; zeros are left out.
  const std::vector<Unknown>& unknown() const { return unknown_; }
  /// How many calls the object says that it tells of.
  std::optional<Count> calls() const { return calls_; }
  /// What the object states beside its counts that they cost.
  const StatedCost& cost() const { return cost_; }
  /// Put together from several reports, so that a part may be older than its whole.
  bool merged() const { return merged_; }

  /// Takes over every key of a later report; keys it lacks stay.
  void replace_with(const UsageValues& later);
  /// Adds the numbers of another report. False when one does not fit in 64 bits: it is then not
  /// known.
  bool add(const UsageValues& other);

  friend bool same_numbers(const UsageValues& a, const UsageValues& b);

 private:
  static constexpr std::size_t kUsualSlots = 12;

  void collect(const KeyNode* node, const Json& object, const Around* around);
  void forget_columns_of_a_row(const Json& object);
  Unknown& unknown_at(const Unknown& like);

  KeySet present_;
  std::vector<Slot> slots_;
  std::vector<KeyId> repeated_;
  std::vector<Unknown> unknown_;
  std::optional<Count> calls_;
  StatedCost cost_;
  bool merged_ = false;
};

/// True when every number that both hold is the same.
bool same_numbers(const UsageValues& a, const UsageValues& b);

}  // namespace usagectl
