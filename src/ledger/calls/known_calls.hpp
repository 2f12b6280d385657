#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/packed_entries.hpp"
#include "base/text_hash.hpp"
#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The sums that a call was counted in: its unit, the view of it, and the row there.
struct TallyPlace {
  UnitId unit = 0;
  std::uint8_t rank = 0;
  std::uint32_t row = 0;

  friend bool operator==(const TallyPlace&, const TallyPlace&) = default;
};

/// Every call that has been counted, by its id, in some forty bytes each: transcripts hold
/// millions. Ids are kept as hashes of 96 bits.
class KnownCalls {
 public:
  struct Call {
    FileId file = 0;
    std::uint64_t line = 0;
    Counts counts;
    TallyPlace tally;
    /// When its earliest report says that it was, in milliseconds since 1970; 0 = not known, or
    /// nobody asks for it.
    std::uint64_t began = 0;
    std::uint32_t record = 0;  ///< whatever the owner numbers; 0 = none
    CostOfRecord cost = {};    ///< without its key; few calls have one
  };
  /// In place of that: the call was counted under another id.
  static constexpr TallyPlace kToldElsewhere = {.row = 0xFFFFFFFE};

  /// What tells a call from others, made once for all questions about it.
  struct Key {
    Key(std::string_view space, std::string_view id, std::string_view second_id);
    /// Of an id that is the same in every space, by its text_hash().
    explicit Key(const TextHash& id) : first{id.low, static_cast<std::uint32_t>(id.high)} {}

    struct Hashes {
      std::uint64_t hash = 0;
      std::uint32_t check = 0;
    };
    Hashes first;              ///< of space and id
    std::uint64_t second = 0;  ///< of the second id, never 0; 0 = there is none
  };

  /// The call with this key. One with a second id is found by the first alone, and one without by
  /// any second id.
  std::optional<Call> find(const Key& key) const;
  bool contains(const Key& key) const { return find_entry(key) != kNoEntry; }

  /// The call with this first id and these counts, among the latest with that id.
  std::optional<Call> find_same(const Key& key, const Counts& counts) const;

  /// Adds a call that find() does not find, or puts new numbers in the place of those it finds.
  void set(const Key& key, const Call& call);
  /// Adds a call that contains() does not know.
  void add(const Key& key, const Call& call);

  /// A question about this key comes soon: what answers it is brought into the cache meanwhile.
  void expect(const Key& key) const;

  std::size_t size() const { return size_; }
  /// Memory in use.
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kNoEntry = 0;
  struct Slot {
    std::uint32_t entry = kNoEntry;  ///< where it begins
    std::uint32_t hash_part = 0;     ///< of the hash that led here, its upper half
  };

  std::size_t slot_of(const Key& key) const;
  std::uint32_t find_entry(const Key& key) const;
  /// Among the entries that follow from the newest one with the first id.
  std::uint32_t find_entry(const Key& key, std::uint32_t newest) const;
  void make_room();
  void append(Slot& slot, const Key& asked, const Key& kept, const Call& call);
  void grow();
  static std::vector<Slot> slots_of(std::size_t number);
  std::size_t free_slot(std::uint32_t hash_part) const;
  /// The second ids of a long chain, each with its newest entry.
  using SecondIds = std::unordered_map<std::uint64_t, std::uint32_t>;
  const SecondIds& second_ids(std::uint64_t first_hash, std::uint32_t newest) const;

  // An entry has the hashes, where the entry before it with the same first id is, and the call. A
  // slot leads to the newest entry of a first id.
  PackedEntries entries_;
  PackedBytes entry_;  ///< being made
  std::vector<Slot> slots_;
  std::size_t used_slots_ = 0;
  std::size_t size_ = 0;
  /// By the hash of the first id, of those whose chain was found to be long.
  mutable std::unordered_map<std::uint64_t, SecondIds> long_chains_;
};

}  // namespace usagectl
