#pragma once

#include <string_view>

namespace usagectl {

// A tokenizer counts the tokens of files and chunks, and nobody was asked anything: what stands
// beside such a number shows which of the two it is.

/// "path", "chunk_count", "tokenizer": what is told of a text.
bool names_text(std::string_view name);

/// "model", "total_cost", "tokens_used": what is told of a call.
bool names_call(std::string_view name);

}  // namespace usagectl
