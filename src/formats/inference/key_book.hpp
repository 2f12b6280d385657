#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dialects/usage_words.hpp"

namespace usagectl {

/// What the name of a key says. The keys of a log are few, however many rows it has.
struct KeyWords {
  std::optional<CounterName> counter;
  std::string_view tells;  ///< see field_named
  bool is_no_usage = false;
  bool is_other_unit = false;
  bool is_number_of_calls = false;
  bool counts_things = false;
  bool speaks = false;
  bool is_detail = false;
  bool is_of_text = false;  ///< "path", "chunk_count": of a text whose length may be counted
  bool is_of_call = false;  ///< "model", "cost": of what somebody was asked
  bool is_list_of_details = false;  ///< "prompt_tokens_details", "promptTokensDetails"
};

/// Keys that were looked up before.
class KeyBook {
 public:
  const KeyWords& look_up(std::string_view key);

 private:
  std::map<std::string, KeyWords, std::less<>> words_;
};

/// "tokens_by_model", "input_tokens".
bool counts_tokens(std::string_view key);

/// "iterations", "raw", "assertions": what a usage object tells of itself once more, in parts.
bool names_part_of_usage(std::string_view name);
/// "tool_usage": what an answer tells of its usage once more, beside it.
bool names_part_beside_usage(std::string_view name);

}  // namespace usagectl
