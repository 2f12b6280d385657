#include "render/reconcile/reconcile_junit.hpp"

#include <doctest/doctest.h>

#include "reports.hpp"

using namespace usagectl;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Problem problem_in(std::string file) {
  Problem problem;
  problem.file = std::move(file);
  problem.problem = "is not JSON";
  return problem;
}

}  // namespace

TEST_CASE("a file without findings is a case that passes") {
  const std::string xml = reconcile_junit(report_with({}));
  CHECK(holds(xml, R"(tests="2" failures="0" errors="0" time="0")"));
  CHECK(holds(xml, R"(<testcase classname="token_usage.json" name="claims hold" time="0"/>)"));
}

TEST_CASE("an error is a failed case, and its file has no other") {
  const std::string xml = reconcile_junit(report_with({missing_detail(), missing_detail()}));
  CHECK(holds(xml, R"(tests="3" failures="2" errors="0" time)"));
  CHECK(holds(xml, R"(name="sum /after/o4-mini-2025-04-16/output_tokens" time="0">)"));
  // The same name again would be taken for the same case.
  CHECK(holds(xml, R"(name="sum /after/o4-mini-2025-04-16/output_tokens #2" time="0">)"));
}

TEST_CASE("a warning fails only where warnings decide the verdict") {
  Finding warning = missing_detail();
  warning.severity = Severity::warning;
  ReconcileReport report = report_with({warning});
  CHECK(holds(reconcile_junit(report), R"(tests="2" failures="0")"));
  CHECK(holds(reconcile_junit(report), "<system-out>token_usage.json  /after"));
  report.fails_at = Severity::warning;
  CHECK(holds(reconcile_junit(report), R"(tests="2" failures="1")"));
}

TEST_CASE("what cannot be read is an error, also when it is no file of the run") {
  ReconcileReport report = report_with({});
  report.intake.problems = {problem_in("characters/bob.json"), problem_in("no such file")};
  const std::string xml = reconcile_junit(report);
  CHECK(holds(xml, R"(tests="3" failures="0" errors="2")"));
  CHECK(holds(xml, R"(classname="no such file" name="can be read")"));
}

TEST_CASE("a file in which nothing is known is skipped, one that was not needed is not there") {
  ReconcileReport report = report_with({});
  report.file_uses = {FileUse::ignored, FileUse::unused};
  const std::string xml = reconcile_junit(report);
  CHECK(holds(
      xml,
      R"(<testsuite name="token_usage.json" file="token_usage.json" tests="1" failures="0" errors="0" skipped="1" time="0">)"));
}

TEST_CASE("a line is part of a name only where it tells cases apart") {
  Finding first = missing_detail();
  first.place.line = 3;
  CHECK(holds(reconcile_junit(report_with({first})),
              R"(name="sum /after/o4-mini-2025-04-16/output_tokens" time)"));
  Finding second = first;
  second.place.line = 4;
  CHECK(holds(reconcile_junit(report_with({first, second})),
              R"(name="sum line 4 /after/o4-mini-2025-04-16/output_tokens" time)"));
}

TEST_CASE("what XML has no place for is made visible") {
  Finding finding = missing_detail();
  finding.place.pointer = "/a\x01\xff<\"&\n\xEF\xBF\xBE";
  const std::string xml = reconcile_junit(report_with({finding}));
  CHECK(holds(xml, "name=\"sum /a\\x01\\xff&lt;&quot;&amp;\\n\\ufffe\""));
}
