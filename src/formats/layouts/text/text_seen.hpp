#pragma once

#include <string_view>

#include "formats/layouts/text/text_matches.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Says of a text what was not read, and why: lines whose words are not known, or are of no call, a
/// line that is cut. `is_known_log`: it is of a program that is known.
void report_text_seen(const TextSeen& seen, std::string_view text, FileId file, bool is_known_log,
                      Observations& observations);

}  // namespace usagectl
