#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// A recorded body as it was sent: out of base64 (said so, or seen by how it begins), of
/// hexadecimal digits, of a list of such texts, of gzip. A text that is none of these stays as it
/// is.
std::string text_as_sent(std::string_view text, bool is_base64);

/// Whether what stands under that name is what a model's provider answered: "raw_response".
bool may_name_an_answer(std::string_view name);

/// Whether what stands under that name was said in a call, and is no answer of a provider: the text
/// of a message may hold anything.
bool is_said_in_a_call(std::string_view name);

/// Whether a text may hold counts of tokens: Ollama counts without naming them.
bool may_count_tokens(std::string_view text);

/// Whether a text looks like an answer with counts of tokens in it.
bool may_be_an_answer(std::string_view text);

}  // namespace usagectl
