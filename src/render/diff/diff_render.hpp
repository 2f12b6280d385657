#pragma once

#include <string>
#include <vector>

#include "analysis/diff/diff.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The whole report as text, with a newline at its end.
std::string render(const DiffReport& report, OutputFormat format, const Style& style);

/// Comparisons of several captures with the first one; B is another one in each.
std::string render(const std::vector<DiffReport>& comparisons, OutputFormat format,
                   const Style& style);

}  // namespace usagectl
