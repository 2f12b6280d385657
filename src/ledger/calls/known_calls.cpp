#include "ledger/calls/known_calls.hpp"

#include <utility>

#include "base/large_pages.hpp"
#include "base/packed_numbers.hpp"
#include "base/text_hash.hpp"
#include "model/packed_counts.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr int kMostReports = 32;

using Key = KnownCalls::Key;

/// The part of a hash that a slot holds, and that says where its search begins.
std::uint32_t hash_part_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

/// Spreads the parts evenly, and keeps their order.
std::size_t first_slot(std::uint32_t hash_part, std::size_t slots) {
  return static_cast<std::size_t>(std::uint64_t{hash_part} * slots >> 32);
}

/// What stands before the call in an entry.
struct Head {
  Key key{{}, {}, {}};
  std::uint32_t before = 0;  ///< the entry before it with the same first id; 0 = none
};

/// Entries with one first id that are looked at one after the other.
constexpr int kLongChain = 64;
constexpr std::uint8_t kHasSecond = 1;
constexpr std::uint8_t kHasBefore = 2;
constexpr std::uint8_t kHasTime = 1;
constexpr std::uint8_t kHasRecord = 2;
constexpr std::uint8_t kHasCost = 4;
constexpr std::uint8_t kHasRank = 8;

Head take_head(const std::uint8_t*& at) {
  Head head;
  const std::uint8_t has = *at++;
  head.key.first.hash = take_raw<std::uint64_t>(at);
  head.key.first.check = take_raw<std::uint32_t>(at);
  if ((has & kHasSecond) != 0) head.key.second = take_raw<std::uint64_t>(at);
  if ((has & kHasBefore) != 0) head.before = take_raw<std::uint32_t>(at);
  return head;
}

void append_head(PackedBytes& bytes, const Head& head) {
  const bool has_second = head.key.second != 0;
  const bool has_before = head.before != 0;
  append_raw(bytes, static_cast<std::uint8_t>((has_second ? kHasSecond : 0) |
                                              (has_before ? kHasBefore : 0)));
  append_raw(bytes, head.key.first.hash);
  append_raw(bytes, head.key.first.check);
  if (has_second) append_raw(bytes, head.key.second);
  if (has_before) append_raw(bytes, head.before);
}

KnownCalls::Call take_call(const std::uint8_t*& at) {
  KnownCalls::Call call;
  call.file = static_cast<FileId>(take_number(at));
  call.line = take_number(at);
  call.tally.unit = static_cast<UnitId>(take_number(at));
  call.tally.row = static_cast<std::uint32_t>(take_number(at));
  const std::uint8_t has = *at++;
  if ((has & kHasRank) != 0) call.tally.rank = *at++;
  call.counts = take_counts(at);
  if ((has & kHasTime) != 0) call.began = take_number(at);
  if ((has & kHasRecord) != 0) call.record = static_cast<std::uint32_t>(take_number(at));
  if ((has & kHasCost) != 0) {
    Cost cost;
    cost.amount = take_raw<Amount>(at);
    cost.currency = take_raw<Currency>(at);
    call.cost = std::make_shared<const Cost>(std::move(cost));
  }
  return call;
}

void append_call(PackedBytes& bytes, const KnownCalls::Call& call) {
  append_number(bytes, call.file);
  append_number(bytes, call.line);
  append_number(bytes, call.tally.unit);
  append_number(bytes, call.tally.row);
  append_raw(bytes, static_cast<std::uint8_t>(
                        (call.began != 0 ? kHasTime : 0) | (call.record != 0 ? kHasRecord : 0) |
                        (call.cost ? kHasCost : 0) | (call.tally.rank != 0 ? kHasRank : 0)));
  if (call.tally.rank != 0) append_raw(bytes, call.tally.rank);
  append_counts(bytes, call.counts);
  if (call.began != 0) append_number(bytes, call.began);
  if (call.record != 0) append_number(bytes, call.record);
  if (call.cost) {
    append_raw(bytes, call.cost->amount);
    append_raw(bytes, call.cost->currency);
  }
}

}  // namespace

std::vector<KnownCalls::Slot> KnownCalls::slots_of(std::size_t number) {
  std::vector<Slot> slots;
  slots.reserve(number);
  if (number * sizeof(Slot) >= kLargeBytes)
    ask_for_large_pages(slots.data(), number * sizeof(Slot));
  slots.resize(number);
  return slots;
}

std::size_t KnownCalls::bytes() const {
  return entries_.bytes() + slots_.capacity() * sizeof(Slot);
}

KnownCalls::Key::Key(std::string_view space, std::string_view id, std::string_view second_id) {
  const TextHash hash = text_hash(id, space.empty() ? 0 : text_hash(space).low);
  first = Key(hash).first;
  if (!second_id.empty()) second = text_hash(second_id, first.hash).low | 1U;
}

std::size_t KnownCalls::slot_of(const Key& key) const {
  const std::uint32_t part = hash_part_of(key.first.hash);
  for (std::size_t i = first_slot(part, slots_.size());; i = i + 1 == slots_.size() ? 0 : i + 1) {
    const Slot& slot = slots_[i];
    if (slot.entry == kNoEntry) return i;
    if (slot.hash_part != part) continue;
    const std::uint8_t* at = entries_.at(slot.entry);
    const Head head = take_head(at);
    if (head.key.first.hash == key.first.hash && head.key.first.check == key.first.check) return i;
  }
}

void KnownCalls::expect(const Key& key) const {
  if (slots_.empty()) return;
  __builtin_prefetch(&slots_[first_slot(hash_part_of(key.first.hash), slots_.size())], 1);
}

std::uint32_t KnownCalls::find_entry(const Key& key) const {
  return slots_.empty() ? kNoEntry : find_entry(key, slots_[slot_of(key)].entry);
}

std::uint32_t KnownCalls::find_entry(const Key& key, std::uint32_t newest) const {
  if (newest == kNoEntry || key.second == 0) return newest;
  int looked_at = 0;
  for (std::uint32_t entry = newest; entry != kNoEntry && looked_at < kLongChain; ++looked_at) {
    const std::uint8_t* at = entries_.at(entry);
    const Head head = take_head(at);
    if (head.key.second == key.second || (entry == newest && head.key.second == 0)) return entry;
    entry = head.before;
  }
  if (looked_at < kLongChain) return kNoEntry;
  const SecondIds& known = second_ids(key.first.hash, newest);
  const auto found = known.find(key.second);
  return found == known.end() ? kNoEntry : found->second;
}

const KnownCalls::SecondIds& KnownCalls::second_ids(std::uint64_t first_hash,
                                                    std::uint32_t newest) const {
  const auto [chain, is_new] = long_chains_.try_emplace(first_hash);
  if (!is_new) return chain->second;
  for (std::uint32_t entry = newest; entry != kNoEntry;) {
    const std::uint8_t* at = entries_.at(entry);
    const Head head = take_head(at);
    chain->second.try_emplace(head.key.second, entry);
    entry = head.before;
  }
  return chain->second;
}

std::optional<KnownCalls::Call> KnownCalls::find(const Key& key) const {
  const auto entry = find_entry(key);
  if (entry == kNoEntry) return std::nullopt;
  const std::uint8_t* at = entries_.at(entry);
  static_cast<void>(take_head(at));
  return take_call(at);
}

std::optional<KnownCalls::Call> KnownCalls::find_same(const Key& key, const Counts& counts) const {
  if (slots_.empty()) return std::nullopt;
  std::uint32_t entry = slots_[slot_of(key)].entry;
  // Somebody may give every call the same id: who looks at all of them would never end.
  for (int looked_at = 0; entry != kNoEntry && looked_at < kMostReports; ++looked_at) {
    const std::uint8_t* at = entries_.at(entry);
    const Head head = take_head(at);
    Call call = take_call(at);
    if (call.counts == counts) return call;
    entry = head.before;
  }
  return std::nullopt;
}

void KnownCalls::set(const Key& asked, const Call& call) {
  make_room();
  Key kept = asked;
  Slot& slot = slots_[slot_of(asked)];
  const auto known = find_entry(asked, slot.entry);
  if (known == kNoEntry) {
    ++size_;
  } else if (asked.second == 0) {
    const std::uint8_t* at = entries_.at(known);
    kept = take_head(at).key;
  }
  append(slot, asked, kept, call);
}

void KnownCalls::add(const Key& key, const Call& call) {
  make_room();
  ++size_;
  append(slots_[slot_of(key)], key, key, call);
}

void KnownCalls::make_room() {
  if ((used_slots_ + 1) * 5 > slots_.size() * 4) grow();
}

void KnownCalls::append(Slot& slot, const Key& asked, const Key& kept, const Call& call) {
  if (slot.entry == kNoEntry) ++used_slots_;
  entry_.clear();
  append_head(entry_, {kept, slot.entry});
  append_call(entry_, call);
  slot = {entries_.append(entry_), hash_part_of(asked.first.hash)};
  if (long_chains_.empty()) return;
  if (const auto chain = long_chains_.find(asked.first.hash); chain != long_chains_.end())
    chain->second[kept.second] = slot.entry;
}

void KnownCalls::grow() {
  const std::vector<Slot> before =
      std::exchange(slots_, slots_of(slots_.empty() ? kFirstSlots : slots_.size() * 2));
  // Both tables are ordered by the hash, but for what wrapped around at the end, so that memory is
  // gone through from its beginning to its end.
  for (const Slot& slot : before) {
    if (slot.entry != kNoEntry) slots_[free_slot(slot.hash_part)] = slot;
  }
}

std::size_t KnownCalls::free_slot(std::uint32_t hash_part) const {
  std::size_t i = first_slot(hash_part, slots_.size());
  while (slots_[i].entry != kNoEntry) i = i + 1 == slots_.size() ? 0 : i + 1;
  return i;
}

}  // namespace usagectl
