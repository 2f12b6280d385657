#pragma once

#include <string_view>

namespace usagectl {

/// The version of this program: "0.1.0".
std::string_view version();

/// The commit that it was built from: "4f1c2ab90d13"; "unknown" outside of a checkout.
std::string_view commit();

/// The day of the last change of the catalogue of dialects: "2026-11-25", or "unknown".
std::string_view catalogue_date();

/// The libraries that it was built with, a line each: "fmt 9.1.0".
std::string_view libraries();

}  // namespace usagectl
