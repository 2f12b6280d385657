#include "render/reconcile/reconcile_html.hpp"

#include <doctest/doctest.h>

#include "reports.hpp"

using namespace usagectl;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a page of a sound run is its verdict") {
  const std::string page = reconcile_html(report_with({}));
  CHECK(holds(page, "pass</span></h1>"));
  CHECK(holds(page, "<p class=\"lead\">209 checks in 24 files hold</p>"));
  CHECK_FALSE(holds(page, "<h2>Findings</h2>"));
}

TEST_CASE("a finding has its place, its numbers, its reason and its cause") {
  const std::string page = reconcile_html(report_with({missing_detail()}));
  CHECK(holds(page, "fail</span></h1>"));
  CHECK(holds(page,
              "<h3>token_usage.json <code>/after/o4-mini-2025-04-16/output_tokens</code></h3>"));
  CHECK(holds(page, "43,149"));
  CHECK(holds(page, "44,636"));
  CHECK(holds(page, "+1,487"));
  CHECK(holds(page, "Calculated: sum of 29 per_request_details"));
  CHECK(holds(page, "<summary>error · rule sum · cause detail-missing</summary>"));
}

TEST_CASE("a sentence begins with a capital, unless it begins with a name") {
  Finding finding = missing_detail();
  CHECK(holds(reconcile_html(report_with({finding})), "<p>Request 17 is missing"));
  finding.explanation = "modelUsage reports less";
  CHECK(holds(reconcile_html(report_with({finding})), "<p>modelUsage reports less"));
}

TEST_CASE("the missing part of a sum is drawn") {
  Finding finding = missing_detail();
  finding.parts = {{"request 1", 43000}, {"request 2", 149}};
  const std::string page = reconcile_html(report_with({finding}));
  CHECK(
      holds(page, "aria-label=\"output: asserted 44,636, calculated 43,149, difference +1,487\""));
  CHECK(holds(page, "<title>in no part: +1,487</title>"));
  CHECK(holds(page, "<li>request 2: 149</li>"));
}

TEST_CASE("names in findings are text") {
  Finding finding = missing_detail();
  finding.place.pointer = "/<script>alert(1)</script>";
  finding.explanation = "<img src=x onerror=y>";
  const std::string page = reconcile_html(report_with({finding}));
  CHECK_FALSE(holds(page, "<script"));
  CHECK_FALSE(holds(page, "<img"));
  CHECK(holds(page, "/&lt;script&gt;"));
}

TEST_CASE("ten thousand findings are a page below 1 MB, and those that are not shown are counted") {
  std::vector<Finding> findings;
  for (int i = 0; i < 10'000; ++i) {
    Finding finding = missing_detail();
    finding.place.line = static_cast<std::uint64_t>(i) + 1;
    finding.explanation = "number " + std::to_string(i) + " is missing";
    for (int part = 0; part < 40; ++part) finding.parts.push_back({"request", part});
    findings.push_back(std::move(finding));
  }
  const std::string page = reconcile_html(report_with(std::move(findings)));
  CHECK(page.size() < 1'000'000);
  CHECK(holds(page, "Not shown: "));
  CHECK(holds(page, "The JSON report has all of them."));
}

TEST_CASE("a page without blocks counts the findings of each kind") {
  ReconcileReport report = report_with({missing_detail()});
  report.counts_only = true;
  const std::string page = reconcile_html(report);
  CHECK(holds(page, "<caption>findings by severity, rule and cause</caption>"));
  CHECK_FALSE(holds(page, "<article"));
}
