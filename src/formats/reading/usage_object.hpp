#pragma once

#include <string_view>

#include "dialects/catalogue.hpp"
#include "dialects/usage_values.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// Whether every key of an object that its dialect reads is a number: prompts and answers may be
/// under "input" and "output".
bool holds_counts_alone(const Catalogue& catalogue, const UsageValues& values);

/// Whether an object of that name counts tokens: it holds counts alone, and something speaks of
/// tokens.
bool counts_tokens_of_usage(const Catalogue& catalogue, const Json& object,
                            const UsageValues& values, std::string_view name);

/// Whether what stands in a documented place is a usage object: its keys say so, and one of them
/// has a count.
bool is_usage(const Catalogue& catalogue, const UsageValues& values);

/// Whether a document, or a row, is a usage object, and not something around one.
bool is_usage_itself(const Catalogue& catalogue, const Json& object, const UsageValues& values);

}  // namespace usagectl
