#pragma once

#include <string_view>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The name of the file of a place in the report.
inline std::string_view file_name(const ReconcileReport& report, const Place& place) {
  return place.file < report.files.size() ? std::string_view(report.files[place.file])
                                          : std::string_view("?");
}

}  // namespace usagectl
