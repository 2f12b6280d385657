#pragma once

#include <string>

#include "formats/layouts/layout_values.hpp"

namespace usagectl {

/// Reads one entry of "records" in a layout file.
LayoutRecord parse_layout_record(const LayoutValues& values, const Json& object,
                                 const std::string& at);

}  // namespace usagectl
