#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/output/report_writer.hpp"
#include "render/reconcile/reconcile_render.hpp"

namespace usagectl {

/// One report that a run has to write, and where to.
struct ReportRequest {
  const ReconcileFormat* format = nullptr;
  std::string path;  ///< empty = standard output
};

/// What is wrong with a value of --report (FORMAT=FILE); empty when nothing is.
std::string check_report_request(const std::string& text);
/// A value that check_report_request() has nothing against.
ReportRequest parse_report_request(const std::string& text);

/// What is wrong with these reports together: two of them go to the same place. Empty when nothing
/// is.
std::string check_report_requests(const std::vector<ReportRequest>& requests);

/// The reports of one run. All places are opened at once, so that a run does not read for an hour
/// to learn that the last of them cannot be written.
class ReportSet {
 public:
  /// Throws WriteError.
  ReportSet(World& world, std::vector<ReportRequest> requests);

  /// Writes every report, and puts the files in place when all of them are written. Throws
  /// WriteError.
  void write(const std::function<std::string(const ReportRequest&)>& text_of);

 private:
  std::vector<ReportRequest> requests_;
  std::vector<std::unique_ptr<ReportWriter>> writers_;
};

}  // namespace usagectl
