#pragma once

#include <string_view>

#include "formats/reading/format.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Says so when a file that nobody here reads may hold usage: what it is, and what to do. Pictures,
/// programs and texts that do not speak of tokens are none.
void say_unread(std::string_view text, const FileContext& file, Observations& observations);

/// The same for a JSON document in a layout that is not known.
void say_unread(const Json& document, const FileContext& file, Observations& observations);

}  // namespace usagectl
