#pragma once

#include <string_view>

#include "capture/read_file.hpp"
#include "input/json/json_parser.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// A line of a log alone may leave open which of its usage objects are parts of which; all lines
/// together show it, as the items of a list do. Where the lines of a text left something open, and
/// reading them as one list leaves less open, what the list shows takes the place of what the lines
/// showed. `text` is all of a file, one JSON value a line.
void settle_as_list(std::string_view text, const FileContext& file, JsonParser& parser,
                    Observations& found, FileReading& reading);

}  // namespace usagectl
