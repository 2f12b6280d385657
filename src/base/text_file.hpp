#pragma once

#include <string>

#include "base/input_error.hpp"

namespace usagectl {

/// The text of a file that a person gave, whole: of a regular file or a pipe, and at most 256 MiB.
/// Throws InputError with the reason.
std::string read_text_file(const std::string& path);

/// Whether what has this mode ends: devices may not.
bool is_file_or_pipe(unsigned mode);

}  // namespace usagectl
