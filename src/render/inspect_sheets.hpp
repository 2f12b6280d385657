#pragma once

#include <cstdint>

#include "analysis/meaning/inspect.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// A dialect that may be one of many has all their names, or the first and their number.
enum class Names : std::uint8_t { whole, shortened };

/// One row for each dialect over all captures; the answers are in the last columns.
Sheet sheet_of_dialects(const InspectReport& report, Names names);
/// One row for each dialect of each capture; the answers are in the last columns.
Sheet sheet_of_captures(const InspectReport& report, Names names);

}  // namespace usagectl
