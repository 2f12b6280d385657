#include "formats/reading/usage_search.hpp"

#include <algorithm>
#include <vector>

#include "dialects/row_words.hpp"
#include "dialects/unknown_keys.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_values.hpp"
#include "dialects/usage_words.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/named_place.hpp"
#include "formats/reading/usage_object.hpp"
#include "formats/reading/usage_parts.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostNames = 4096;

/// Beside the word for tokens: which token it is, or how full something was, and not how many were
/// used.
bool names_no_amount(std::string_view key) {
  constexpr std::string_view kWords[] = {
      "id",     "ids", "index", "idx",     "position", "offset",     "type",   "version", "eos",
      "bos",    "pad", "unk",   "sep",     "mask",     "special",    "stop",   "next",    "new",
      "before", "pre", "post",  "context", "vocab",    "vocabulary", "bucket", "chunk",   "length"};
  const std::vector<std::string> words = words_of(key);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
  });
}

/// "meta" is anybody's, but for the bill of Cohere.
bool is_part_of_usage(std::string_view key, const Json& member) {
  return usage_part(key) != nullptr && (key != "meta" || member.has("billed_units"));
}

}  // namespace

bool is_position(std::string_view token) {
  return !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
}

bool counts_tokens_alone(std::string_view key) {
  if (!speaks_of_tokens(key) || names_no_amount(key)) return false;
  const auto counter = counter_named(key);
  const UnknownKey what = what_may_count(key, false);
  return (counter && counter->is_running) ||
         (what != UnknownKey::no_counter && what != UnknownKey::calls && what != UnknownKey::any);
}

void UsageSearch::look(const Catalogue& catalogue, const Json& document, const IsRead& is_read,
                       const Visit& visit) {
  catalogue_ = &catalogue;
  is_read_ = &is_read;
  visit_ = &visit;
  pointer_.clear();
  look(document, {});
}

const UsageSearch::Name& UsageSearch::named(std::string_view key) {
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  if (names_.size() >= kMostNames) names_.clear();
  Name name;
  const auto counter = counter_named(key);
  name.speaks_of_tokens = speaks_of_tokens(key);
  name.names_words = counter && counter->quantity <= Quantity::total;
  if (name.names_words) name.counter = static_cast<Counter>(counter->quantity);
  name.may_count = name.names_words || name.speaks_of_tokens || key.find("oken") != key.npos;
  name.counts_alone = counts_tokens_alone(key);
  name.is_passed_over = key.ends_with("etails") || names_average(key) || names_other_unit(key);
  name.may_be_no_usage = names_no_usage(key) || may_be_beside_average(key);
  return names_.emplace(std::string(key), name).first->second;
}

void UsageSearch::look(const Json& value, std::string_view name) {
  value.each_item([&](std::size_t index, const Json& item) {
    if (item.is_object() || item.is_array()) go(std::to_string(index), item, name);
  });
  if (!value.is_object()) return;
  bool may_count = false;
  bool has_more = false;
  value.each_member([&](std::string_view key, const Json& member) {
    if (member.is_number())
      may_count = may_count || named(key).may_count;
    else
      has_more = has_more || member.is_object() || member.is_array();
  });
  // The counts of some dialects are all in objects inside the usage object.
  if (!may_count && !is_row() && named(name).speaks_of_tokens && (*is_read_)(pointer_)) return;
  const bool is_usage = may_count && look_at_usage(value, name);
  if (may_count && !is_usage) look_at_numbers(value);
  // What is inside a usage object is a part of it; a row may hold anything.
  if (!has_more || (is_usage && !is_row())) return;
  value.each_member([&](std::string_view key, const Json& member) {
    if (!member.is_object() && !member.is_array()) return;
    if (named(key).is_passed_over || is_part_of_usage(key, member)) return;
    if (named(key).may_be_no_usage && usage_in(value, key, member) == UsageIn::none) return;
    go(key, member, key);
  });
}

void UsageSearch::go(std::string_view token, const Json& value, std::string_view name) {
  const std::size_t length = pointer_.size();
  append_pointer(pointer_, token);
  look(value, name);
  pointer_.resize(length);
}

void UsageSearch::visit(const Counts& counts, bool is_number) {
  (*visit_)(counts, pointer_, is_number);
}

/// Whether an object counts tokens, in the words of a dialect or in plain ones.
bool UsageSearch::look_at_usage(const Json& value, std::string_view name) {
  const UsageValues values(*catalogue_, value);
  if (!counts_tokens_of_usage(*catalogue_, value, values, name))
    return named(name).speaks_of_tokens && look_at_words(value);
  if ((*is_read_)(pointer_)) return true;
  Envelope envelope;
  envelope.path = pointer_;
  const UsageReading reading = read_usage(*catalogue_, values, envelope);
  visit(reading.faulty ? Counts() : completed(reading.counts, reading.given), false);
  return true;
}

bool UsageSearch::look_at_words(const Json& value) {
  Counts counts;
  value.each_member([&](std::string_view key, const Json& member) {
    if (member.is_number() && named(key).names_words)
      counts.set(named(key).counter, read_count(member).count);
  });
  if (!counts.has(Counter::input) || !counts.has(Counter::output)) return false;
  if (!(*is_read_)(pointer_)) visit(counts, false);
  return true;
}

void UsageSearch::look_at_numbers(const Json& value) {
  value.each_member([&](std::string_view key, const Json& member) {
    if (!member.is_number() || !named(key).counts_alone) return;
    const auto count = read_count(member).count;
    if (count.value_or(0) <= 0) return;
    const std::size_t length = pointer_.size();
    append_pointer(pointer_, key);
    Counts counts;
    counts.set(named(key).counter, *count);
    if (!(*is_read_)(pointer_)) visit(counts, true);
    pointer_.resize(length);
  });
}

bool UsageSearch::is_row() const {
  return pointer_.empty() ||
         is_position(std::string_view(pointer_).substr(pointer_.rfind('/') + 1));
}

}  // namespace usagectl
