#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/counts.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Every call that has been counted, by its id, in some forty bytes each: transcripts hold millions.
/// Ids are kept as hashes of 96 bits.
class KnownCalls {
 public:
  struct Call {
    FileId file = 0;
    std::uint64_t line = 0;
    Counts counts;
    std::uint32_t tally = 0;  ///< where it was counted; whatever the owner numbers
  };

  /// The call with this id in this space. A call with a second id is found by the first alone, and
  /// one without by any second id.
  std::optional<Call> find(std::string_view space, std::string_view id, std::string_view second_id) const;

  /// Adds a call that find() does not find, or puts new numbers in the place of those it finds.
  void set(std::string_view space, std::string_view id, std::string_view second_id, const Call& call);

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return bytes_.capacity() + slots_.capacity() * sizeof(std::uint32_t); }

 private:
  const std::uint8_t* entry_at(std::uint32_t entry) const;
  std::size_t slot_of(std::uint64_t hash, std::uint32_t check, bool by_first) const;
  std::uint32_t find_entry(std::string_view space, std::string_view id, std::string_view second_id) const;
  void point(std::uint64_t hash, std::uint32_t check, bool by_first, std::uint32_t entry);
  void point_to(std::uint32_t entry);
  void grow();

  // Entries stand one after the other, each at a multiple of four bytes: the hashes, then the call
  // in numbers of as many bytes as they need. A slot holds where its entry begins, divided by four,
  // and in its last bit whether the first id led there.
  std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(4);  // 0 is no entry
  std::vector<std::uint32_t> slots_;
  std::size_t used_slots_ = 0;
  std::size_t size_ = 0;
};

}  // namespace usagectl
