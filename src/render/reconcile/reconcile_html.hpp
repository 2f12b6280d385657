#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The whole report as a page for a browser.
std::string reconcile_html(const ReconcileReport& report);

}  // namespace usagectl
