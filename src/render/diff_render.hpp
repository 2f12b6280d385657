#pragma once

#include <string>

#include "analysis/diff.hpp"
#include "render/style.hpp"

namespace usagectl {

/// The whole report as text, with a newline at its end.
std::string render(const DiffReport& report, OutputFormat format, const Style& style);

}  // namespace usagectl
