#pragma once

#include <string>
#include <string_view>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The file as a CI names it: relative to the current folder if it is below that, else
/// absolute.
std::string repository_path(const ReconcileReport& report, std::string_view file);

/// The same as a URI reference (RFC 3986), with every other byte percent-encoded: "a b.json"
/// -> "a%20b.json", "/tmp/x" -> "file:///tmp/x".
std::string uri_of(const ReconcileReport& report, std::string_view file);

}  // namespace usagectl
