#include "cli/output/report_set.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <utility>

#include "base/nearest_word.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
  return names;
}

/// One spelling for every way to name a file. Devices and pipes may be written to more than once.
std::string identity_of(const std::string& path) {
  std::error_code fault;
  if (fs::exists(path, fault) && !fs::is_regular_file(path, fault)) return {};
  // Absolute first: what is relative and not there yet would stay as it is spelled.
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, fault), fault);
  return fault ? path : whole.string();
}

}  // namespace

std::string check_report_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    return fmt::format("\"{}\" is no report; write FORMAT=FILE, such as junit=report.xml", text);
  }
  const std::string name = text.substr(0, equals);
  if (reconcile_format(name) != nullptr) return {};
  const auto nearest = nearest_word(name, format_names());
  return nearest ? fmt::format("\"{}\" is no format; did you mean {}?", name, *nearest)
                 : fmt::format("\"{}\" is no format; the formats are {}", name,
                               fmt::join(format_names(), ", "));
}

ReportRequest parse_report_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string path = text.substr(equals + 1);
  return {reconcile_format(text.substr(0, equals)), path == "-" ? std::string() : path};
}

std::string check_report_requests(const std::vector<ReportRequest>& requests) {
  bool stdout_is_taken = false;
  std::set<std::string> files;
  for (const ReportRequest& request : requests) {
    if (request.path.empty()) {
      if (stdout_is_taken)
        return "two reports are to go to standard output; write one of them to a file";
      stdout_is_taken = true;
      continue;
    }
    const std::string file = identity_of(request.path);
    if (!file.empty() && !files.insert(file).second) {
      return fmt::format("two reports are to go to {}", visible_text(request.path));
    }
  }
  return {};
}

ReportSet::ReportSet(World& world, std::vector<ReportRequest> requests)
    : requests_(std::move(requests)) {
  for (const ReportRequest& request : requests_) {
    writers_.push_back(std::make_unique<ReportWriter>(world, request.path));
  }
}

void ReportSet::write(const std::function<std::string(const ReportRequest&)>& text_of) {
  for (std::size_t i = 0; i < requests_.size(); ++i) writers_[i]->write(text_of(requests_[i]));
  for (const auto& writer : writers_) writer->finish();
}

}  // namespace usagectl
