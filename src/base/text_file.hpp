#pragma once

#include <string>

#include "base/input_error.hpp"

namespace usagectl {

/// The text of a file that a person gave, whole. Throws InputError with the reason.
std::string read_text_file(const std::string& path);

}  // namespace usagectl
