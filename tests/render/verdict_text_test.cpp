#include "render/reconcile/verdict_text.hpp"

#include <doctest/doctest.h>

#include "reports.hpp"

using namespace usagectl;

namespace {

Finding of(Severity severity) {
  Finding finding;
  finding.severity = severity;
  return finding;
}

}  // namespace

TEST_CASE("when all is well, the verdict says what was checked") {
  auto report = report_with({});
  CHECK(verdict_text(report) == "209 checks in 24 files hold");
  report.passed = 1;
  report.intake.files = 1;
  CHECK(verdict_text(report) == "1 check in 1 file holds");
  report.passed = 0;
  CHECK(verdict_text(report) == "nothing to check in 1 file");
}

TEST_CASE("causes are counted by severity, worst first") {
  const auto report = report_with(
      {of(Severity::error), of(Severity::error), of(Severity::warning), of(Severity::note)});
  CHECK(verdict_text(report) == "2 errors, 1 warning, 1 note; 209 checks hold");
}

TEST_CASE("the findings of a cause are counted beside it") {
  CHECK(verdict_text(report_with({missing_detail(), missing_detail(), of(Severity::note)})) ==
        "1 error (2 findings), 1 note; 209 checks hold");
}

TEST_CASE("what could not be checked is said") {
  auto report = report_with({});
  report.unprovable = 2;
  CHECK(verdict_text(report) == "2 claims could not be checked; 209 checks in 24 files hold");
  report.passed = 0;
  CHECK(verdict_text(report) == "2 claims could not be checked");
}
