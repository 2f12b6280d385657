#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/output/report_writer.hpp"
#include "render/reconcile/reconcile_render.hpp"

namespace usagectl {

/// One report of a run, and its destination.
struct ReportRequest {
  const ReconcileFormat* format = nullptr;
  std::string path;  ///< empty = standard output
};

/// Says why a value of --report (FORMAT=FILE) is invalid; empty when it is valid.
std::string check_report_request(const std::string& text);
/// Parses a value that check_report_request() accepts.
ReportRequest parse_report_request(const std::string& text);

/// The main report and those of --report. The main report comes first; it gives way to a --report
/// on standard output unless it is requested too.
std::vector<ReportRequest> all_requests(const ReportRequest& main, bool main_is_requested,
                                        const std::vector<std::string>& reports);

/// The reports of one run. All files are opened at the start, so that a run does not read for an
/// hour before the last of them turns out not to be writable.
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
