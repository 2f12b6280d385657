#pragma once

#include <string>

#include "analysis/meaning/inspect.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The whole report as text, with a newline at its end.
std::string render(const InspectReport& report, OutputFormat format, const Style& style);

}  // namespace usagectl
