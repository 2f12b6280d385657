#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace usagectl {

inline constexpr std::string_view kToolName = "usagectl";

/// The program that writes a report: {"name": "usagectl", "version": "0.1.0"}.
nlohmann::ordered_json tool_json();

}  // namespace usagectl
