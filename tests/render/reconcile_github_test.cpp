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
        "equals request 17 "
        "(output 1,487): the list lacks it [detail-missing]\n"
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

TEST_CASE("ten fit, of eleven the worst nine and a notice about the rest") {
  const std::vector<Finding> ten(10, missing_detail());
  CHECK(commands_in(reconcile_github(report_with(ten))) == 10);

  std::vector<Finding> many(11, missing_detail());
  many.back().severity = Severity::note;
  const std::string text = reconcile_github(report_with(many));
  CHECK(commands_in(text) == 10);
  CHECK(text.find("::notice title=usagectl::not shown here: 1 error, 1 note; ") !=
        std::string::npos);
}

TEST_CASE("what could not be read comes first") {
  ReconcileReport report = report_with({missing_detail()});
  Problem problem;
  problem.file = "x.json";
  problem.line = 3;
  problem.problem = "is not JSON";
  report.intake.problems = {problem};
  CHECK(reconcile_github(report).starts_with(
      "::error file=x.json,line=3,title=usagectl%3A unreadable::is not JSON\n"));
}
