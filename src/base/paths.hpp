#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// The folder part of a path, without its last slash; empty for a bare file name.
std::string folder_of(std::string_view path);

/// The part behind the last slash.
std::string_view base_name(std::string_view path);

/// A folder whose name ends in a number after '_' or '-': "runs/pass_2" -> {"runs/pass", 2}.
struct NumberedFolder {
  std::string series;
  std::uint64_t number = 0;
};
std::optional<NumberedFolder> numbered_folder(std::string_view folder);

}  // namespace usagectl
