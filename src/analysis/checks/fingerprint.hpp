#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The file as it is named from `folder`, when it stands below it or both are relative; else as it
/// is named. Both are paths as a user writes them, from the current folder.
std::string path_from(std::string_view file, std::string_view current_folder,
                      std::string_view folder);

/// What stays the same about a finding when the log around it grows, lines move or records change
/// their order: 16 hexadecimal digits over rule, file, pointer without its indices, counter and
/// difference. The difference is part of it, the two numbers are not: a log that is continued
/// soundly keeps it, and another fault at the same place gets another. Findings without a
/// difference are told apart by their explanation, without the lines in it.
/// `folder` is what the name of the file is taken from.
std::string fingerprint(const Finding& finding, const ReconcileReport& report,
                        std::string_view folder);

/// The fingerprints of all findings, in their order, each with ":1", ":2", … for the findings that
/// share one.
std::vector<std::string> numbered_fingerprints(const std::vector<Finding>& findings,
                                               const ReconcileReport& report);

}  // namespace usagectl
