#pragma once

#include <string>

#include "analysis/meaning/inspect.hpp"

namespace usagectl {

/// The whole report as a page for a browser.
std::string inspect_html(const InspectReport& report);

}  // namespace usagectl
