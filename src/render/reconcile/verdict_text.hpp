#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The reasons for the verdict in one line: "212 checks in 24 files hold", "3 findings: 2 errors,
/// 1 warning; 209 checks hold".
std::string verdict_text(const ReconcileReport& report);

/// "pass", "fail" or "unprovable" before that text; empty where nothing was there to check: that
/// passes, and proves nothing.
std::string_view verdict_word(const ReconcileReport& report);

/// The groups from that one on: "2 errors (9 findings), 1 note". Causes are counted, and beside
/// them the findings that they explain.
std::string causes_text(const ReconcileReport& report, const std::vector<FindingGroup>& groups,
                        std::size_t from = 0);

}  // namespace usagectl
