#pragma once

#include <optional>
#include <string_view>

#include "dialects/catalogue.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// The name of the list that holds the pieces of a streamed answer, in a document that also has a
/// usage object of somebody else's making; or nothing.
std::optional<std::string_view> stream_beside_sum(const Catalogue& catalogue, const Json& document);

/// Counts the answer, and says where the usage beside it is another.
void read_stream_beside_sum(const Json& document, std::string_view name, const Place& place,
                            const FileContext& file, std::string_view format,
                            Observations& observations);

}  // namespace usagectl
