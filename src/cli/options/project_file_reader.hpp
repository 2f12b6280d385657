#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options/project_file.hpp"

namespace usagectl {

/// Reads the settings of a project file: one JSON object of known keys, each once. `path` is the
/// file of the text; paths in it are relative to its folder. Throws InputError with the line
/// and column of the fault.
std::vector<Setting> read_project_settings(std::string_view text, const std::string& path);

}  // namespace usagectl
