#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"
#include "render/text/sheet.hpp"

// What every report for people says of the findings of one cause.

namespace usagectl {

/// The findings of a group, and what all of them share.
struct SharedParts {
  std::vector<const Finding*> findings;
  bool file = true;
  bool line = true;
  bool has_numbers = false;
  std::string pointer;      ///< the beginning of every pointer, whole steps of it
  std::string explanation;  ///< the one that most of them have, as has the next
  std::string basis;
  bool is_all_of_one_basis = true;  ///< where they have one

  const Finding& first() const { return *findings.front(); }
};

SharedParts shared_by(const FindingGroup& group, const ReconcileReport& report);

/// The numbers of the findings, of the first `most` of them where they are no errors.
Sheet numbers_sheet(const SharedParts& shared, const ReconcileReport& report, std::size_t most);

/// The names of their rules, each once.
std::vector<std::string> rules_of(const SharedParts& shared);

/// Every witness once.
std::vector<Witness> witnesses_of(const SharedParts& shared);

/// "token_usage.json:12", or how many files there are.
std::string file_of(const SharedParts& shared, const ReconcileReport& report);

}  // namespace usagectl
