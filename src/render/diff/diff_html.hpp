#pragma once

#include <span>
#include <string>

#include "analysis/diff/diff.hpp"

namespace usagectl {

/// Comparisons of captures with the first one as a page for a browser.
std::string diff_html(std::span<const DiffReport> comparisons);

}  // namespace usagectl
