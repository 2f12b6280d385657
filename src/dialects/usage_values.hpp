#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialects/catalogue.hpp"
#include "input/json.hpp"
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

  UsageValues() = default;
  /// Reads the members of a usage object. Keys that no dialect knows are passed over.
  UsageValues(const Catalogue& catalogue, const Json& usage) {
    slots_.reserve(kUsualSlots);
    collect(catalogue.keys(), usage);
  }

  /// Every known key with a value other than null.
  const KeySet& present() const { return present_; }
  bool empty() const { return present_.none(); }
  const std::vector<Slot>& slots() const { return slots_; }
  const Slot* slot(KeyId key) const;
  std::optional<Count> count(KeyId key) const;
  /// Keys that stood twice in their object.
  const std::vector<KeyId>& repeated() const { return repeated_; }
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

  void collect(const KeyNode& node, const Json& object);

  KeySet present_;
  std::vector<Slot> slots_;
  std::vector<KeyId> repeated_;
  bool merged_ = false;
};

/// True when every number that both hold is the same.
bool same_numbers(const UsageValues& a, const UsageValues& b);

}  // namespace usagectl
