#include "cli/output/report_set.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/output/destinations.hpp"
#include "cli/output/usage_error.hpp"

namespace usagectl {
namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
  return names;
}

}  // namespace

std::string check_report_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    return fmt::format("invalid report \"{}\"; use FORMAT=FILE, such as junit=report.xml", text);
  }
  const std::string name = text.substr(0, equals);
  return reconcile_format(name) != nullptr ? std::string()
                                           : invalid_word("format", name, format_names());
}

ReportRequest parse_report_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  return {reconcile_format(text.substr(0, equals)), destination(text.substr(equals + 1))};
}

std::vector<ReportRequest> all_requests(const ReportRequest& main, bool main_is_requested,
                                        const std::vector<std::string>& reports) {
  std::vector<ReportRequest> requests;
  bool stdout_is_requested = false;
  for (const std::string& text : reports) {
    requests.push_back(parse_report_request(text));
    stdout_is_requested = stdout_is_requested || requests.back().path.empty();
  }
  if (main_is_requested || !stdout_is_requested) requests.insert(requests.begin(), main);
  return requests;
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
