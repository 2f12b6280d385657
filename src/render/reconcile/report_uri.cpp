#include "render/reconcile/report_uri.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

#include "analysis/checks/fingerprint.hpp"

namespace usagectl {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

}  // namespace

std::string repository_path(const ReconcileReport& report, std::string_view file) {
  std::string path = path_from(file, report.folder, "");
  const bool is_outside = path == ".." || path.starts_with("../");
  if (!is_outside || report.folder.empty()) return path;
  return (std::filesystem::path(report.folder) / path).lexically_normal().generic_string();
}

std::string uri_of(const ReconcileReport& report, std::string_view file) {
  const std::string path = repository_path(report, file);
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_unreserved(c)) {
      uri.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

}  // namespace usagectl
