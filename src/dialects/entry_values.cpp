#include "dialects/entry_values.hpp"

#include <fmt/ranges.h>

#include "base/input_error.hpp"
#include "base/nearest_word.hpp"

namespace usagectl {

const std::vector<std::string>& EntryValues::members() {
  static const std::vector<std::string> kMembers = {
      "id",      "title",     "where",           "source",        "confidence", "notes",
      "keys",    "envelope",  "proof",           "needs",         "counters",   "details",
      "meaning", "variants",  "provider",        "not_counted",   "stream",     "partial",
      "role",    "breakdown", "zero_if_missing", "digits",        "overlap",    "counts_reasoning",
      "client",  "passes_on", "fallback",        "envelope_only", "$schema"};
  return kMembers;
}

void EntryValues::fail(std::string_view key, std::string_view what) const {
  if (key.empty()) throw InputError(fmt::format("{}: {}: {}", file_, where_, what));
  throw InputError(fmt::format("{}: {}: \"{}\" {}", file_, where_, key, what));
}

void EntryValues::fail_unknown(std::string_view where, std::string_view key,
                               const std::vector<std::string>& known) const {
  if (const auto nearest = nearest_word(key, known))
    fail(where, fmt::format("has an unknown key \"{}\"; did you mean {}?", key, *nearest));
  fail(where, fmt::format("has an unknown key; expected {}", fmt::join(known, ", ")));
}

std::string EntryValues::text(const Json& value, std::string_view key) const {
  if (!value.is_text()) fail(key, "is not a string");
  return std::string(value.text());
}

std::string EntryValues::required_text(const Json& entry, std::string_view key) const {
  if (!entry.has(key)) fail(key, "is missing");
  return text(entry[key], key);
}

std::vector<std::string> EntryValues::texts(const Json& value, std::string_view key) const {
  if (!value.is_array()) fail(key, "is not a list of strings");
  std::vector<std::string> list;
  value.each_item([&](std::size_t, const Json& item) { list.push_back(text(item, key)); });
  return list;
}

bool EntryValues::flag(const Json& value, std::string_view key) const {
  if (!value.is_bool()) fail(key, "is not true or false");
  return *value.boolean();
}

std::string key_in(std::string_view where, std::string_view key) {
  return fmt::format("{}.{}", where, key);
}

}  // namespace usagectl
