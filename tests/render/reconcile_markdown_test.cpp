#include "render/reconcile/reconcile_markdown.hpp"

#include <doctest/doctest.h>

#include "render/text/markdown.hpp"
#include "reports.hpp"

using namespace usagectl;

TEST_CASE("however much there is to say, a job summary takes it") {
  std::vector<Finding> findings(6000, missing_detail());
  for (Finding& finding : findings) finding.explanation = std::string(300, 'x');
  ReconcileReport report = report_with(findings);
  Problem problem;
  problem.file = std::string(200, 'y');
  problem.problem = "is not JSON";
  report.intake.problems.assign(3000, problem);
  const std::string text = reconcile_markdown(report);
  CHECK(text.size() <= kLargestMarkdown);
  CHECK(text.find("more problems not shown") != std::string::npos);
  CHECK(text.find("more rows are left out here") != std::string::npos);
}
