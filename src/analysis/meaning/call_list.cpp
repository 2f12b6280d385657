#include "analysis/meaning/call_list.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/packed_numbers.hpp"
#include "model/packed_counts.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostSharedTexts = 4096;

// What an entry has, beside what each has.
constexpr std::uint8_t kHasCost = 1;
constexpr std::uint8_t kHasCache = 2;

/// What is written of a call and means the same is not kept twice.
Counts written_otherwise(const Counts& given, const Counts& counts) {
  Counts others = given;
  for (const Counter counter : kCounters) {
    if (given.has(counter) && given[counter] == counts[counter]) others.forget(counter);
  }
  return others;
}

std::uint64_t written_alike(const Counts& given, const Counts& counts) {
  std::uint64_t alike = 0;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const Counter counter = kCounters[i];
    alike |= std::uint64_t{given.has(counter) && given[counter] == counts[counter]} << i;
  }
  return alike;
}

constexpr std::optional<Count> CacheKeys::*kCacheKeys[] = {
    &CacheKeys::read, &CacheKeys::read_details, &CacheKeys::write, &CacheKeys::write_details};

void append_cache(PackedBytes& bytes, const CacheKeys& cache) {
  std::uint8_t has = 0;
  for (std::size_t i = 0; i < std::size(kCacheKeys); ++i) {
    if (cache.*kCacheKeys[i]) has = static_cast<std::uint8_t>(has | 1U << i);
  }
  append_raw(bytes, has);
  for (const auto key : kCacheKeys) {
    if (cache.*key) append_number(bytes, static_cast<std::uint64_t>(*(cache.*key)));
  }
}

CacheKeys take_cache(const std::uint8_t*& at) {
  CacheKeys cache;
  const std::uint8_t has = *at++;
  for (std::size_t i = 0; i < std::size(kCacheKeys); ++i) {
    if ((has >> i & 1U) != 0) cache.*kCacheKeys[i] = static_cast<Count>(take_number(at));
  }
  return cache;
}

void append_cost(PackedBytes& bytes, const CallCost& cost) {
  append_raw(bytes, cost.amount.money);
  append_raw(bytes, cost.amount.decimals);
  append_raw(bytes, cost.amount.is_noisy);
  append_raw(bytes, cost.currency);
}

CallCost take_cost(const std::uint8_t*& at) {
  CallCost cost;
  cost.amount.money = take_raw<Money>(at);
  cost.amount.decimals = take_raw<std::uint8_t>(at);
  cost.amount.is_noisy = take_raw<bool>(at);
  cost.currency = take_raw<Currency>(at);
  return cost;
}

}  // namespace

CostMatch compare(const CallCost& one, const CallCost& other) {
  if (!are_comparable(one.currency, other.currency)) return CostMatch::differs;
  CostSum sum;
  sum.add(other.amount);
  return compare(one.amount, sum);
}

std::uint64_t CallList::SharedTexts::number_of(std::string_view text) {
  // Calls that follow each other share theirs, as a rule.
  if (!texts_.empty() && texts_.back() == text) return texts_.size();
  const std::string key(text);
  if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
  if (texts_.size() == kMostSharedTexts) return 0;
  texts_.push_back(key);
  numbers_.emplace(key, texts_.size());
  return texts_.size();
}

std::uint64_t CallList::Held::number_of(const CallKind& kind) {
  const auto known = std::find(kinds.begin(), kinds.end(), kind);
  if (known == kinds.end()) {
    kinds.push_back(kind);
    return kinds.size() - 1;
  }
  return static_cast<std::uint64_t>(known - kinds.begin());
}

void CallList::Held::append_shared(std::string_view text, PackedBytes& entry) {
  const std::uint64_t number = texts.number_of(text);
  append_number(entry, number);
  if (number == 0) append_text(entry, text);
}

std::string_view CallList::Held::take_shared(const std::uint8_t*& at) const {
  const std::uint64_t number = take_number(at);
  return number == 0 ? take_text(at) : std::string_view(texts.text(number));
}

void CallList::add(const Call& call) {
  if (held_.use_count() > 1) throw std::logic_error("calls are added to a list that was copied");
  entry_.clear();
  append_text(entry_, call.id);
  held_->append_shared(call.model, entry_);
  append_number(entry_, held_->number_of(call.kind));
  append_number(entry_, call.place.file);
  append_number(entry_, call.place.line);
  held_->append_shared(call.place.pointer, entry_);
  append_counts(entry_, call.counts);
  append_number(entry_, written_alike(call.given, call.counts));
  append_counts(entry_, written_otherwise(call.given, call.counts));
  const bool has_cache = call.cache != CacheKeys();
  append_raw(entry_,
             static_cast<std::uint8_t>((call.cost ? kHasCost : 0) | (has_cache ? kHasCache : 0)));
  if (call.cost) append_cost(entry_, *call.cost);
  if (has_cache) append_cache(entry_, call.cache);
  held_->begins.push_back(held_->entries.append(entry_));
}

std::string_view CallList::id(std::size_t position) const {
  const std::uint8_t* at = held_->entry_at(position);
  return take_text(at);
}

bool CallList::all_have_ids() const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (id(i).empty()) return false;
  }
  return true;
}

bool CallList::any_has_id() const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (!id(i).empty()) return true;
  }
  return false;
}

Call CallList::operator[](std::size_t position) const {
  const std::uint8_t* at = held_->entry_at(position);
  Call call;
  call.id = take_text(at);
  call.model = held_->take_shared(at);
  call.kind = held_->kinds[take_number(at)];
  call.place.file = static_cast<FileId>(take_number(at));
  call.place.line = take_number(at);
  call.place.pointer = held_->take_shared(at);
  call.counts = take_counts(at);
  const std::uint64_t alike = take_number(at);
  call.given = take_counts(at);
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if ((alike >> i & 1U) != 0) call.given.set(kCounters[i], call.counts[kCounters[i]]);
  }
  const std::uint8_t has = *at++;
  if ((has & kHasCost) != 0) call.cost = take_cost(at);
  if ((has & kHasCache) != 0) call.cache = take_cache(at);
  return call;
}

}  // namespace usagectl
