#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Whether values of the key come one after the other, as days and ticks do.
bool is_sequence(std::string_view key);

/// The values of such a key in their order, each once, and those between them that are not there:
/// a day without a call is a gap in a chart, no neighbour. As they are where a value is not like
/// the others, or where more than `most` would be missing.
std::vector<std::string> with_gaps(std::string_view key, std::vector<std::string> values,
                                   std::size_t most = 5000);

}  // namespace usagectl
