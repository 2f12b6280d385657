#pragma once

#include "analysis/summary_report.hpp"
#include "render/text/text_sink.hpp"

namespace usagectl {

/// The report in the shape usagectl.summary/1.
void write_summary_json(const SummaryReport& report, const TextSink& out);

}  // namespace usagectl
