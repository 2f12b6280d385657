#pragma once

#include <string_view>

namespace usagectl {

/// The version of this program: "0.1.0".
std::string_view version();

}  // namespace usagectl
