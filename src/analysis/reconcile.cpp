#include "analysis/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "analysis/causes/name_causes.hpp"
#include "analysis/checks/resolve_claims.hpp"
#include "analysis/checks/verdict.hpp"

namespace usagectl {
namespace {

/// Counted records that leave a counter open.
std::uint64_t open_records(const Books& books) {
  Tally counted;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [key, tally] : books.sums_of(view).by_key) counted.merge(tally);
  }
  return *std::max_element(counted.open.begin(), counted.open.end());
}

}  // namespace

Question reconcile_question() {
  Question question;
  question.wants_claims = true;
  return question;
}

ReconcileReport reconcile(Books& books, const PieceOptions& reading) {
  ReconcileReport report;
  const Resolution resolution = resolve_claims(books);
  name_causes(books, resolution, reading);

  report.findings = std::move(books.findings);
  report.passed = books.checks_held + resolution.passed;
  report.unprovable = resolution.unprovable;
  report.open = open_records(books);
  report.intake = std::move(books.intake);
  report.files = books.file_names;
  report.file_uses = std::move(books.file_uses);
  judge(report);
  return report;
}

}  // namespace usagectl
