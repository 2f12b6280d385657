#include "analysis/known_calls.hpp"

#include <cstring>
#include <functional>
#include <stdexcept>

#include "model/counter.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as every later number of them
constexpr std::uint32_t kNoEntry = 0;

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93U;
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93U;
  return value ^ (value >> 32);
}

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  return mix(std::hash<std::string_view>()(text) + seed * 0x9E3779B97F4A7C15U);
}

/// A second hash that does not follow from the first.
std::uint32_t check_of(std::string_view text, std::uint32_t seed) {
  std::uint32_t hash = 2166136261U ^ seed;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return hash;
}

struct Hashes {
  std::uint64_t hash = 0;
  std::uint32_t check = 0;
};

struct EntryHead {
  Hashes whole;  ///< of all parts of the key
  Hashes first;  ///< without the second id
  bool has_second = false;
};

void append_number(std::vector<std::uint8_t>& bytes, std::uint64_t number) {
  while (number >= 0x80) {
    bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    number >>= 7;
  }
  bytes.push_back(static_cast<std::uint8_t>(number));
}

std::uint64_t take_number(const std::uint8_t*& at) {
  std::uint64_t number = 0;
  for (int shift = 0;; shift += 7) {
    const std::uint8_t byte = *at++;
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return number;
  }
}

template <typename Value>
void append_raw(std::vector<std::uint8_t>& bytes, Value value) {
  const auto size = bytes.size();
  bytes.resize(size + sizeof value);
  std::memcpy(bytes.data() + size, &value, sizeof value);
}

template <typename Value>
Value take_raw(const std::uint8_t*& at) {
  Value value;
  std::memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

EntryHead take_head(const std::uint8_t*& at) {
  EntryHead head;
  head.has_second = *at++ != 0;
  head.first.hash = take_raw<std::uint64_t>(at);
  head.first.check = take_raw<std::uint32_t>(at);
  head.whole = head.first;
  if (head.has_second) {
    head.whole.hash = take_raw<std::uint64_t>(at);
    head.whole.check = take_raw<std::uint32_t>(at);
  }
  return head;
}

KnownCalls::Call take_call(const std::uint8_t*& at) {
  KnownCalls::Call call;
  call.file = static_cast<FileId>(take_number(at));
  call.line = take_number(at);
  call.tally = static_cast<std::uint32_t>(take_number(at));
  const auto known = take_number(at);
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if ((known >> i & 1U) != 0) call.counts.set(kCounters[i], static_cast<Count>(take_number(at)));
  }
  return call;
}

void append_call(std::vector<std::uint8_t>& bytes, const KnownCalls::Call& call) {
  append_number(bytes, call.file);
  append_number(bytes, call.line);
  append_number(bytes, call.tally);
  std::uint64_t known = 0;
  for (std::size_t i = 0; i < kCounterCount; ++i) known |= std::uint64_t{call.counts.has(kCounters[i])} << i;
  append_number(bytes, known);
  for (const Counter counter : kCounters) {
    if (const auto count = call.counts[counter]) append_number(bytes, static_cast<std::uint64_t>(*count));
  }
}

/// What a slot holds: its entry, and which of the hashes led there.
struct Slot {
  std::uint32_t entry = kNoEntry;
  bool by_first = false;

  static Slot of(std::uint32_t packed) { return {packed >> 1, (packed & 1U) != 0}; }
  std::uint32_t packed() const { return entry << 1 | (by_first ? 1U : 0U); }
};

EntryHead head_of(std::string_view space, std::string_view id, std::string_view second_id) {
  EntryHead head;
  head.has_second = !second_id.empty();
  head.first = {hash_of(id, hash_of(space, 1)), check_of(id, check_of(space, 1))};
  head.whole = head.has_second
                   ? Hashes{hash_of(second_id, head.first.hash), check_of(second_id, head.first.check)}
                   : head.first;
  return head;
}

}  // namespace

const std::uint8_t* KnownCalls::entry_at(std::uint32_t entry) const { return bytes_.data() + std::size_t{entry} * 4; }

std::size_t KnownCalls::slot_of(std::uint64_t hash, std::uint32_t check, bool by_first) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot slot = Slot::of(slots_[i]);
    if (slot.entry == kNoEntry) return i;
    if (slot.by_first != by_first) continue;
    const std::uint8_t* at = entry_at(slot.entry);
    const EntryHead head = take_head(at);
    const Hashes& hashes = by_first ? head.first : head.whole;
    if (hashes.hash == hash && hashes.check == check) return i;
  }
}

std::uint32_t KnownCalls::find_entry(std::string_view space, std::string_view id, std::string_view second_id) const {
  if (slots_.empty()) return kNoEntry;
  const EntryHead key = head_of(space, id, second_id);
  const auto entry_in = [&](const Hashes& hashes, bool by_first) {
    return Slot::of(slots_[slot_of(hashes.hash, hashes.check, by_first)]).entry;
  };
  if (key.has_second) {
    if (const auto entry = entry_in(key.whole, false); entry != kNoEntry) return entry;
  }
  const auto entry = entry_in(key.first, true);
  if (entry == kNoEntry || !key.has_second) return entry;
  // Another second id is another call.
  const std::uint8_t* at = entry_at(entry);
  return take_head(at).has_second ? kNoEntry : entry;
}

std::optional<KnownCalls::Call> KnownCalls::find(std::string_view space, std::string_view id,
                                                 std::string_view second_id) const {
  const auto entry = find_entry(space, id, second_id);
  if (entry == kNoEntry) return std::nullopt;
  const std::uint8_t* at = entry_at(entry);
  static_cast<void>(take_head(at));
  return take_call(at);
}

void KnownCalls::point(std::uint64_t hash, std::uint32_t check, bool by_first, std::uint32_t entry) {
  std::uint32_t& slot = slots_[slot_of(hash, check, by_first)];
  if (slot == kNoEntry) ++used_slots_;
  slot = Slot{entry, by_first}.packed();
}

void KnownCalls::set(std::string_view space, std::string_view id, std::string_view second_id, const Call& call) {
  EntryHead head = head_of(space, id, second_id);
  if (const auto known = find_entry(space, id, second_id); known == kNoEntry) {
    ++size_;
  } else if (!head.has_second) {
    const std::uint8_t* at = entry_at(known);
    head = take_head(at);
  }
  if ((used_slots_ + 2) * 4 > slots_.size() * 3) grow();
  bytes_.resize((bytes_.size() + 3) / 4 * 4);
  const std::size_t begin = bytes_.size() / 4;
  if (begin > UINT32_MAX / 2) throw std::length_error("more calls with ids than can be told apart");
  bytes_.push_back(head.has_second ? 1 : 0);
  append_raw(bytes_, head.first.hash);
  append_raw(bytes_, head.first.check);
  if (head.has_second) {
    append_raw(bytes_, head.whole.hash);
    append_raw(bytes_, head.whole.check);
  }
  append_call(bytes_, call);
  point_to(static_cast<std::uint32_t>(begin));
}

void KnownCalls::point_to(std::uint32_t entry) {
  const std::uint8_t* at = entry_at(entry);
  const EntryHead head = take_head(at);
  if (head.has_second) point(head.whole.hash, head.whole.check, false, entry);
  point(head.first.hash, head.first.check, true, entry);
}

void KnownCalls::grow() {
  const std::size_t slots = slots_.empty() ? kFirstSlots : slots_.size() * 2;
  slots_.assign(slots, kNoEntry);
  used_slots_ = 0;
  // In the order in which they came, so that the newest numbers of a call are those that stay.
  for (const std::uint8_t* at = bytes_.data() + 4; at < bytes_.data() + bytes_.size();) {
    point_to(static_cast<std::uint32_t>((at - bytes_.data()) / 4));
    static_cast<void>(take_head(at));
    static_cast<void>(take_call(at));
    at = bytes_.data() + ((at - bytes_.data()) + 3) / 4 * 4;
  }
}

}  // namespace usagectl
