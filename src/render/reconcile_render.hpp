#pragma once

#include <string>

#include "analysis/reconcile_report.hpp"
#include "render/style.hpp"

namespace usagectl {

/// The whole report as text, with a newline at its end.
std::string render(const ReconcileReport& report, OutputFormat format, const Style& style);

}  // namespace usagectl
