#include "base/paths.hpp"

#include <charconv>

namespace usagectl {

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return std::string(slash == 0 ? path.substr(0, 1) : path.substr(0, slash));
}

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::optional<NumberedFolder> numbered_folder(std::string_view folder) {
  const auto digits = folder.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits + 1 == folder.size() || digits == 0)
    return std::nullopt;
  if (folder[digits] != '_' && folder[digits] != '-') return std::nullopt;
  NumberedFolder numbered;
  numbered.series = folder.substr(0, digits);
  const char* const first = folder.data() + digits + 1;
  const auto [end, error] = std::from_chars(first, folder.data() + folder.size(), numbered.number);
  if (error != std::errc()) return std::nullopt;
  return numbered;
}

}  // namespace usagectl
