#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// The key of a pair in a text as dialects spell it: "Prompt tokens" and "prompt-tokens" are
/// prompt_tokens, "PromptTokens" is promptTokens.
std::string folded_key(std::string_view key);

/// Whether the key of a pair counts tokens.
bool is_token_key(std::string_view key);

/// What programs write for a count that was not given: "None", "null", "<nil>".
bool says_nothing(std::string_view value);

}  // namespace usagectl
