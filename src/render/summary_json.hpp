#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/summary_report.hpp"

namespace usagectl {

/// The report in the shape usagectl.summary/1.
nlohmann::ordered_json summary_json(const SummaryReport& report);

}  // namespace usagectl
