#include "analysis/reconcile.hpp"

#include <utility>

#include "analysis/causes/name_causes.hpp"
#include "analysis/checks/resolve_claims.hpp"
#include "analysis/checks/verdict.hpp"

namespace usagectl {
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
  report.intake = std::move(books.intake);
  report.files = books.file_names;
  report.file_uses = std::move(books.file_uses);
  judge(report);
  return report;
}

}  // namespace usagectl
