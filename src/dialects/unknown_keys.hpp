#pragma once

#include <cstdint>
#include <string_view>

namespace usagectl {

/// What a number in a usage object may count whose key no dialect knows, as far as its name tells.
enum class UnknownKey : std::uint8_t {
  no_counter,  ///< a price, a time, a limit, a number of things that are no tokens
  calls,       ///< how many calls the object tells of
  cache,
  reasoning,
  input,
  output,
  tokens,  ///< of whatever kind
  detail,  ///< a part of what stands around it: "text_tokens" within the details of the input
  any,     ///< the name tells nothing
};

/// What the name of such a key says; `is_in_details` where it stands in an object that lists the
/// parts of a count.
UnknownKey what_may_count(std::string_view name, bool is_in_details);

/// "system_prompt_tokens", "truncated_tokens": the size of a part of the prompt or the answer, or
/// of what it was made of, where it is no more than that.
bool names_size_of_part(std::string_view name);

/// Objects inside a usage object whose members count as well: "cache", "token_details".
bool holds_parts(std::string_view name);

}  // namespace usagectl
