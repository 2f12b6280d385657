#pragma once

#include <vector>

#include "analysis/checks/reconcile_report.hpp"
#include "analysis/diff/contract.hpp"
#include "analysis/diff/diff.hpp"

namespace usagectl {

/// The differences as findings, for the reports that reconcile writes and for baselines. All
/// comparisons have the same first capture, whose files come once. What makes a comparison fail is
/// an error, what stays undetermined a warning, and everything else a note.
ReconcileReport findings_of(const std::vector<DiffReport>& comparisons);

/// The same of contracts; `fails_if_open` where everything must be proved.
ReconcileReport findings_of(const std::vector<ContractReport>& contracts, bool fails_if_open);

}  // namespace usagectl
