#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

namespace usagectl {

/// Definitions of schemas that are lists of words which the program has already: rule, cause,
/// counter, quantity, group_key, report_format and ways_of_input, ways_of_output, … Made from those
/// lists, so that a new rule is no change of a schema. Nothing if the name is none of them.
std::optional<nlohmann::ordered_json> definition_of_words(std::string_view name);

}  // namespace usagectl
