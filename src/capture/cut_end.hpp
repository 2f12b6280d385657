#pragma once

#include <string>
#include <string_view>

#include "formats/reading/format.hpp"

namespace usagectl {

/// What is open about the end of a file that no line break ends: a warning where something speaks
/// for a cut, otherwise a note, as editors leave such ends too.
void report_open_end(const Place& place, bool is_likely, const std::string& what,
                     Observations& observations);

/// Reports that a YAML text, which was read as this document, was cut where it is still YAML: it
/// ends in a key without a value, the recorder's last key is missing, or so is what all other items
/// of the list have. `document` is null where there are several.
void report_cut_yaml(std::string_view text, const Json& document, const FileContext& file,
                     Observations& observations);

}  // namespace usagectl
