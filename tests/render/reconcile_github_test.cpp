#include "render/reconcile/reconcile_github.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "reports.hpp"

using namespace usagectl;

namespace {

std::size_t commands_in(const std::string& text) {
  std::size_t number = 0;
  for (std::size_t at = 0; (at = text.find("::", at)) != std::string::npos; ++at) {
    if (at == 0 || text[at - 1] == '\n') ++number;
  }
  return number;
}

}  // namespace

TEST_CASE("a finding is an annotation of its line") {
  Finding finding = missing_detail();
  finding.severity = Severity::warning;
  finding.place.line = 12;
  CHECK(reconcile_github(report_with({finding})) ==
        "::warning file=token_usage.json,line=12,title=usagectl%3A "
        "sum::/after/o4-mini-2025-04-16/output_tokens: "
        "asserted 44,636, calculated 43,149 (sum of 29 per_request_details), difference +1,487: "
        "request 17 is missing from "
        "the list (output 1,487) [detail-missing]\n"
        "usagectl: fail  1 warning; 209 checks hold\n");
}

TEST_CASE("what would end a property or a command is encoded") {
  Finding finding;
  finding.explanation = "50% of a::b, c";
  ReconcileReport report = report_with({finding});
  report.files = {"a,b:c%d\ne\x1b.json"};
  CHECK(reconcile_github(report) ==
        "::error file=a%2Cb%3Ac%25d%0Ae\\x1b.json,title=usagectl%3A sum::50%25 of a::b, c\n"
        "usagectl: fail  1 error; 209 checks hold\n");
}

namespace {

/// Findings of so many causes.
std::vector<Finding> findings_of_causes(std::size_t number) {
  std::vector<Finding> findings(number, missing_detail());
  for (std::size_t i = 0; i < number; ++i) {
    findings[i].explanation = std::string(i + 1, 'x');
    findings[i].place.pointer = "/" + findings[i].explanation;
  }
  return findings;
}

Problem unreadable() {
  Problem problem;
  problem.file = "x.json";
  problem.line = 3;
  problem.problem = "is not JSON";
  return problem;
}

}  // namespace

TEST_CASE("the column is told where it is known") {
  Finding finding = missing_detail();
  finding.place.line = 12;
  finding.place.column = 5;
  CHECK(reconcile_github(report_with({finding}))
            .starts_with("::error file=token_usage.json,line=12,col=5,title="));
}

TEST_CASE("ten fit, of eleven the worst nine and a notice about the rest") {
  CHECK(commands_in(reconcile_github(report_with(findings_of_causes(10)))) == 10);

  std::vector<Finding> many = findings_of_causes(11);
  many.back().severity = Severity::note;
  const std::string text = reconcile_github(report_with(many));
  CHECK(commands_in(text) == 10);
  CHECK(text.find("::notice title=usagectl::not shown here: 1 error, 1 note; ") !=
        std::string::npos);
}

TEST_CASE("findings of one cause are one annotation") {
  const std::string text = reconcile_github(report_with({missing_detail(), missing_detail()}));
  CHECK(commands_in(text) == 1);
  CHECK(text.find("[detail-missing] (and 1 more finding of this cause)\n") != std::string::npos);
}

TEST_CASE("errors come before what could not be read, warnings after it") {
  Finding warning = missing_detail();
  warning.severity = Severity::warning;
  warning.explanation = "doubtful";
  ReconcileReport report = report_with({missing_detail(), warning});
  report.intake.problems = {unreadable()};
  const std::string text = reconcile_github(report);
  const std::size_t error = text.find("::error file=token_usage.json,");
  const std::size_t problem =
      text.find("::error file=x.json,line=3,title=usagectl%3A unreadable::is not JSON\n");
  CHECK(error < problem);
  CHECK(problem < text.find("::warning "));
}

TEST_CASE("unreadable files do not use up the annotations before errors") {
  ReconcileReport report = report_with(findings_of_causes(20));
  report.intake.problems.assign(20, unreadable());
  const std::string text = reconcile_github(report);
  CHECK(commands_in(text) == 10);
  CHECK(text.find("::notice title=usagectl::not shown here: 13 errors, 18 unreadable places; ") !=
        std::string::npos);
}

TEST_CASE("what the runner of another CI would obey does not stand in an annotation") {
  Finding finding = missing_detail();
  ReconcileReport report = report_with({finding});
  report.files = {"##[group]a##vso[b]c.json"};
  report.folder = "/work";
  const std::string text = reconcile_github(report);
  CHECK(text.find("file=\\x23#[group]a\\x23#vso[b]c.json") != std::string::npos);
}
