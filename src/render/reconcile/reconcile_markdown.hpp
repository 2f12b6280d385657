#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The report for people who read Markdown, small enough for the summary of a CI job: what does not
/// fit is left out, and the cut is said.
std::string reconcile_markdown(const ReconcileReport& report);

}  // namespace usagectl
