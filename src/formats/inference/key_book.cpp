#include "formats/inference/key_book.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dialects/text_words.hpp"

namespace usagectl {
namespace {

/// "input_tokens": {…}, "completion_tokens_details": {…}: parts of one usage object, which its
/// dialect knows.
bool names_detail(std::string_view name) {
  const auto counter = counter_named(name);
  if (counter && counter->quantity != Quantity::total) return true;
  const auto words = words_of(name);
  return words.size() > 1 && words.back().starts_with("detail") && counts_tokens(name);
}

}  // namespace

const KeyWords& KeyBook::look_up(std::string_view key) {
  const auto known = words_.find(key);
  if (known != words_.end()) return known->second;
  // Keys that are data, such as dates, need not all be kept.
  constexpr std::size_t kMostKeys = 4096;
  if (words_.size() >= kMostKeys) words_.clear();
  KeyWords words;
  words.is_no_usage = names_no_usage(key);
  words.counter = words.is_no_usage ? std::nullopt : counter_named(key);
  words.is_other_unit = names_other_unit(key);
  words.tells = field_named(key);
  words.is_number_of_calls = names_number_of_calls(key);
  words.counts_things = counts_things(key) && !thing_counted(key).empty();
  words.speaks = speaks_of_tokens(key) || speaks_of_calls(key);
  words.is_of_text = names_text(key);
  words.is_of_call = names_call(key);
  words.is_detail = names_detail(key);
  words.is_list_of_details =
      words.is_detail && words_of(key).size() > 2 && words_of(key).back().starts_with("detail");
  return words_.emplace(std::string(key), std::move(words)).first->second;
}

bool counts_tokens(std::string_view key) {
  const auto words = words_of(key);
  const bool tokens = std::any_of(words.begin(), words.end(),
                                  [](const std::string& word) { return word.starts_with("tok"); });
  return tokens && !names_no_usage(key);
}

bool names_part_of_usage(std::string_view name) {
  constexpr std::array<std::string_view, 4> kParts = {
      "iterations",  // Anthropic: the rounds of one answer
      "raw",         // AI SDK: what the provider said
      "rawUsage",    // the same, elsewhere
      "assertions"   // promptfoo: of what graded the answer, counted apart by it
  };
  return std::find(kParts.begin(), kParts.end(), name) != kParts.end();
}

bool names_part_beside_usage(std::string_view name) {
  constexpr std::array<std::string_view, 2> kParts = {
      "usage_breakdown",  // by kind of token
      "tool_usage"        // Responses: images that a tool made
  };
  return std::find(kParts.begin(), kParts.end(), name) != kParts.end();
}

}  // namespace usagectl
