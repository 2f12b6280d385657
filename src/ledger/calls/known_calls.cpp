#include "ledger/calls/known_calls.hpp"

#include <cstring>
#include <stdexcept>

#include "base/text_hash.hpp"
#include "model/counter.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::uint32_t kNoEntry = 0;
constexpr int kMostReports = 32;
constexpr std::size_t kChunkBytes = std::size_t{256} * 1024;

using Key = KnownCalls::Key;

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

/// Spreads the hashes evenly, by their upper bits.
std::size_t first_slot(std::uint64_t hash, std::size_t slots) {
  return static_cast<std::size_t>((hash >> 32) * slots >> 32);
}

/// What stands before the call in an entry.
struct Head {
  Key key{{}, {}, {}};
  std::uint32_t before = kNoEntry;  ///< the entry before it with the same first id
};

/// Entries with one first id that are looked at one after the other.
constexpr int kLongChain = 64;
constexpr std::uint8_t kHasSecond = 1;
constexpr std::uint8_t kHasBefore = 2;

Head take_head(const std::uint8_t*& at) {
  Head head;
  const std::uint8_t has = *at++;
  head.key.first.hash = take_raw<std::uint64_t>(at);
  head.key.first.check = take_raw<std::uint32_t>(at);
  if ((has & kHasSecond) != 0) head.key.second = take_raw<std::uint64_t>(at);
  if ((has & kHasBefore) != 0) head.before = take_raw<std::uint32_t>(at);
  return head;
}

void append_head(std::vector<std::uint8_t>& bytes, const Head& head) {
  const bool has_second = head.key.second != 0;
  const bool has_before = head.before != kNoEntry;
  bytes.push_back(
      static_cast<std::uint8_t>((has_second ? kHasSecond : 0) | (has_before ? kHasBefore : 0)));
  append_raw(bytes, head.key.first.hash);
  append_raw(bytes, head.key.first.check);
  if (has_second) append_raw(bytes, head.key.second);
  if (has_before) append_raw(bytes, head.before);
}

/// What most calls have in common is one bit of `known`, behind those of the counters.
constexpr std::uint64_t kOneRequest = std::uint64_t{1} << kCounterCount;
constexpr std::uint64_t kPlainTotal = kOneRequest << 1;  ///< total = input + output
constexpr std::uint64_t kSomeOpen = kPlainTotal << 1;    ///< which, is said in a number of its own
constexpr std::uint64_t kHasTime = kSomeOpen << 1;
constexpr std::uint64_t kHasRecord = kHasTime << 1;
constexpr std::uint64_t kHasCost = kHasRecord << 1;

/// Two bits a counter: whether it is open, and whether by the place of its parts alone.
std::uint64_t open_counters(const Counts& counts) {
  std::uint64_t open = 0;
  if (!counts.any_open()) return open;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const Counter counter = kCounters[i];
    open |= std::uint64_t{counts.is_open(counter)} << (2 * i);
    open |= std::uint64_t{counts.is_open_by_place(counter)} << (2 * i + 1);
  }
  return open;
}

void leave_open(Counts& counts, std::uint64_t open) {
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if ((open >> (2 * i + 1) & 1U) != 0)
      counts.leave_open_by_place(kCounters[i]);
    else if ((open >> (2 * i) & 1U) != 0)
      counts.leave_open(kCounters[i]);
  }
}

std::optional<Count> plain_total(const Counts& counts) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  if (!input || !output) return std::nullopt;
  return (ExactSum(*input) += *output).count();
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
  if ((known & kOneRequest) != 0) call.counts.set(Counter::requests, Count(1));
  if ((known & kSomeOpen) != 0) leave_open(call.counts, take_number(at));
  if ((known & kPlainTotal) != 0) call.counts.set(Counter::total, plain_total(call.counts));
  if ((known & kHasTime) != 0) call.began = take_number(at);
  if ((known & kHasRecord) != 0) call.record = static_cast<std::uint32_t>(take_number(at));
  if ((known & kHasCost) != 0) {
    Cost cost;
    cost.amount = take_raw<Amount>(at);
    cost.currency = take_raw<Currency>(at);
    call.cost = std::make_shared<const Cost>(std::move(cost));
  }
  return call;
}

void append_call(std::vector<std::uint8_t>& bytes, const KnownCalls::Call& call) {
  append_number(bytes, call.file);
  append_number(bytes, call.line);
  append_number(bytes, call.tally);
  Counts counts = call.counts;
  std::uint64_t known = 0;
  if (counts[Counter::requests] == Count(1)) {
    known |= kOneRequest;
    counts.forget(Counter::requests);
  }
  if (counts.has(Counter::total) && counts[Counter::total] == plain_total(counts)) {
    known |= kPlainTotal;
    counts.forget(Counter::total);
  }
  for (std::size_t i = 0; i < kCounterCount; ++i)
    known |= std::uint64_t{counts.has(kCounters[i])} << i;
  const std::uint64_t open = open_counters(counts);
  if (open != 0) known |= kSomeOpen;
  if (call.began != 0) known |= kHasTime;
  if (call.record != 0) known |= kHasRecord;
  if (call.cost) known |= kHasCost;
  append_number(bytes, known);
  for (const Counter counter : kCounters) {
    if (const auto count = counts[counter])
      append_number(bytes, static_cast<std::uint64_t>(*count));
  }
  if (open != 0) append_number(bytes, open);
  if (call.began != 0) append_number(bytes, call.began);
  if (call.record != 0) append_number(bytes, call.record);
  if (call.cost) {
    append_raw(bytes, call.cost->amount);
    append_raw(bytes, call.cost->currency);
  }
}

}  // namespace

const std::uint8_t* KnownCalls::entry_at(std::uint32_t entry) const {
  const std::size_t at = std::size_t{entry} * 4;
  return chunks_[at / kChunkBytes].bytes.get() + at % kChunkBytes;
}

std::size_t KnownCalls::bytes() const {
  return chunks_.size() * kChunkBytes + slots_.capacity() * sizeof(Slot);
}

std::uint32_t KnownCalls::append() {
  if (chunks_.empty() || chunks_.back().used + entry_.size() > kChunkBytes) {
    // The first entry of all does not begin at 0, which is none.
    const std::size_t begin = chunks_.empty() ? 4 : 0;
    chunks_.push_back({std::make_unique_for_overwrite<std::uint8_t[]>(kChunkBytes), begin});
  }
  Chunk& chunk = chunks_.back();
  const std::size_t begin = ((chunks_.size() - 1) * kChunkBytes + chunk.used) / 4;
  if (begin > UINT32_MAX) throw std::length_error("more calls with ids than can be told apart");
  std::memcpy(chunk.bytes.get() + chunk.used, entry_.data(), entry_.size());
  chunk.used += (entry_.size() + 3) / 4 * 4;
  return static_cast<std::uint32_t>(begin);
}

KnownCalls::Key::Key(std::string_view space, std::string_view id, std::string_view second_id) {
  const TextHash hash = text_hash(id, space.empty() ? 0 : text_hash(space).low);
  first = {hash.low, static_cast<std::uint32_t>(hash.high)};
  if (!second_id.empty()) second = text_hash(second_id, first.hash).low | 1U;
}

std::size_t KnownCalls::slot_of(const Key& key) const {
  const auto part = static_cast<std::uint32_t>(key.first.hash);
  for (std::size_t i = first_slot(key.first.hash, slots_.size());;
       i = i + 1 == slots_.size() ? 0 : i + 1) {
    const Slot& slot = slots_[i];
    if (slot.entry == kNoEntry) return i;
    if (slot.hash_part != part) continue;
    const std::uint8_t* at = entry_at(slot.entry);
    const Head head = take_head(at);
    if (head.key.first.hash == key.first.hash && head.key.first.check == key.first.check) return i;
  }
}

std::uint32_t KnownCalls::find_entry(const Key& key) const {
  return slots_.empty() ? kNoEntry : find_entry(key, slots_[slot_of(key)].entry);
}

std::uint32_t KnownCalls::find_entry(const Key& key, std::uint32_t newest) const {
  if (newest == kNoEntry || key.second == 0) return newest;
  int looked_at = 0;
  for (std::uint32_t entry = newest; entry != kNoEntry && looked_at < kLongChain; ++looked_at) {
    const std::uint8_t* at = entry_at(entry);
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
    const std::uint8_t* at = entry_at(entry);
    const Head head = take_head(at);
    chain->second.try_emplace(head.key.second, entry);
    entry = head.before;
  }
  return chain->second;
}

std::optional<KnownCalls::Call> KnownCalls::find(const Key& key) const {
  const auto entry = find_entry(key);
  if (entry == kNoEntry) return std::nullopt;
  const std::uint8_t* at = entry_at(entry);
  static_cast<void>(take_head(at));
  return take_call(at);
}

std::optional<KnownCalls::Call> KnownCalls::find_same(const Key& key, const Counts& counts) const {
  if (slots_.empty()) return std::nullopt;
  std::uint32_t entry = slots_[slot_of(key)].entry;
  // Somebody may give every call the same id: who looks at all of them would never end.
  for (int looked_at = 0; entry != kNoEntry && looked_at < kMostReports; ++looked_at) {
    const std::uint8_t* at = entry_at(entry);
    const Head head = take_head(at);
    Call call = take_call(at);
    if (call.counts == counts) return call;
    entry = head.before;
  }
  return std::nullopt;
}

void KnownCalls::set(const Key& asked, const Call& call) {
  if ((used_slots_ + 1) * 5 > slots_.size() * 4) grow();
  Head head{asked, kNoEntry};
  Slot& slot = slots_[slot_of(asked)];
  const auto known = find_entry(asked, slot.entry);
  if (known == kNoEntry) {
    ++size_;
  } else if (asked.second == 0) {
    const std::uint8_t* at = entry_at(known);
    head.key = take_head(at).key;
  }
  if (slot.entry == kNoEntry) ++used_slots_;
  head.before = slot.entry;
  entry_.clear();
  append_head(entry_, head);
  append_call(entry_, call);
  slot = {append(), static_cast<std::uint32_t>(asked.first.hash)};
  if (long_chains_.empty()) return;
  if (const auto chain = long_chains_.find(asked.first.hash); chain != long_chains_.end())
    chain->second[head.key.second] = slot.entry;
}

void KnownCalls::grow() {
  const std::size_t slots = slots_.empty() ? kFirstSlots : slots_.size() / 2 * 3;
  std::vector<Slot>().swap(
      slots_);  // all of them are made anew: there need not be two tables at once
  slots_.resize(slots);
  used_slots_ = 0;
  // In the order in which they came, so that the newest entry of an id is the one that is led to.
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    for (std::size_t begin = chunk == 0 ? 4 : 0; begin < chunks_[chunk].used;) {
      const std::uint8_t* const entry = chunks_[chunk].bytes.get() + begin;
      const std::uint8_t* at = entry;
      const Head head = take_head(at);
      static_cast<void>(take_call(at));
      Slot& slot = slots_[slot_of(head.key)];
      if (slot.entry == kNoEntry) ++used_slots_;
      slot = {static_cast<std::uint32_t>((chunk * kChunkBytes + begin) / 4),
              static_cast<std::uint32_t>(head.key.first.hash)};
      begin += (static_cast<std::size_t>(at - entry) + 3) / 4 * 4;
    }
  }
}

}  // namespace usagectl
