#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// The bytes of a file, or nothing when there is no such file. Throws when it cannot be read.
std::optional<std::string> contents_of(const std::filesystem::path& file);

/// Writes the bytes, and the folders above them. Throws when that fails.
void save(const std::filesystem::path& file, std::string_view contents);

/// Makes a folder that no other process has or had. Throws when that fails.
std::filesystem::path new_folder();

/// The lines of a text without their line ends; a last line without one counts as a line.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace usagectl
