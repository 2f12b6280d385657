#pragma once

#include <string>

#include "analysis/summary_report.hpp"

namespace usagectl {

/// The whole report as a page for a browser.
std::string summary_html(const SummaryReport& report);

}  // namespace usagectl
