#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/packed_entries.hpp"
#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/place.hpp"

namespace usagectl {

/// The numbers of one call under the keys of the cache: the first of each kind.
struct CacheKeys {
  std::optional<Count> read;
  std::optional<Count> read_details;
  std::optional<Count> write;
  std::optional<Count> write_details;

  friend bool operator==(const CacheKeys&, const CacheKeys&) = default;
};

/// What a call cost, as it is stated.
struct CallCost {
  Amount amount;
  Currency currency;

  friend bool operator==(const CallCost&, const CallCost&) = default;
};

/// How the same cost is stated twice: not at all alike, or how.
CostMatch compare(const CallCost& one, const CallCost& other);
/// Whether it is, but for what binary numbers lose when they are added up.
inline bool are_same(const CallCost& one, const CallCost& other) {
  return compare(one, other) <= CostMatch::but_for_noise;
}

/// What most calls of a capture have in common.
struct CallKind {
  std::string_view format;    ///< id, static storage
  std::string_view dialect;   ///< as long-lived as the catalogue
  bool is_of_client = false;  ///< all of the dialects that it may be are written by clients

  friend bool operator==(const CallKind&, const CallKind&) = default;
};

/// One call of a capture that is compared with another. Its texts are as long-lived as the list
/// that it comes from.
struct Call {
  std::string_view id;
  std::string_view model;
  CallKind kind;
  Place place;  ///< without its column
  Counts counts;
  Counts given;
  CacheKeys cache;
  std::optional<CallCost> cost;
};

/// The calls of a capture in their order, packed: a log holds millions. Each is made anew when it
/// is asked for. Copies share what they hold.
class CallList {
 public:
  /// Before any copy is made, else throws std::logic_error.
  void add(const Call& call);

  Call operator[](std::size_t position) const;
  /// As long-lived as the list.
  std::string_view id(std::size_t position) const;

  bool all_have_ids() const;
  bool any_has_id() const;

  /// Of which kinds the calls are, each once.
  const std::vector<CallKind>& kinds() const { return held_->kinds; }

  std::size_t size() const { return held_->begins.size(); }
  bool empty() const { return held_->begins.empty(); }
  /// Memory in use, but for the texts that many calls share.
  std::size_t bytes() const {
    return held_->entries.bytes() + held_->begins.capacity() * sizeof(Begin);
  }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Call;
    using difference_type = std::ptrdiff_t;
    using pointer = const Call*;
    using reference = Call;

    Iterator(const CallList& list, std::size_t position) : list_(&list), position_(position) {}
    Call operator*() const { return (*list_)[position_]; }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    Iterator operator++(int) { return {*list_, position_++}; }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.position_ == b.position_;
    }

   private:
    const CallList* list_;
    std::size_t position_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  using Begin = PackedEntries::Begin;

  /// Texts that many calls share, by their number.
  class SharedTexts {
   public:
    /// From 1; 0 where there are too many of them to be worth it.
    std::uint64_t number_of(std::string_view text);
    const std::string& text(std::uint64_t number) const { return texts_[number - 1]; }

   private:
    std::deque<std::string> texts_;  ///< which stay where they are
    std::unordered_map<std::string, std::uint64_t> numbers_;
  };

  struct Held {
    PackedEntries entries;
    std::vector<Begin> begins;
    std::vector<CallKind> kinds;
    SharedTexts texts;

    std::uint64_t number_of(const CallKind& kind);
    void append_shared(std::string_view text, PackedBytes& entry);
    std::string_view take_shared(const std::uint8_t*& at) const;
    const std::uint8_t* entry_at(std::size_t position) const {
      return entries.at(begins[position]);
    }
  };

  std::shared_ptr<Held> held_ = std::make_shared<Held>();
  PackedBytes entry_;  ///< being made
};

}  // namespace usagectl
