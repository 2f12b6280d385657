#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The report as Markdown, small enough for the summary of a CI job: findings that do not fit are
/// left out and counted.
std::string reconcile_markdown(const ReconcileReport& report);

}  // namespace usagectl
