#pragma once

#include <string>

#include "analysis/summary_report.hpp"
#include "render/text/style.hpp"
#include "render/text/text_sink.hpp"

namespace usagectl {

/// Writes the report as text, with a newline at its end. Groups are made one at a time, so that a
/// million of them take no memory here.
void write_summary(const SummaryReport& report, OutputFormat format, const Style& style,
                   const TextSink& out);

/// All of that text.
std::string render(const SummaryReport& report, OutputFormat format, const Style& style);

}  // namespace usagectl
