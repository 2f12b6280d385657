#include "analysis/checks/baseline.hpp"

#include <doctest/doctest.h>

#include "analysis/checks/reconcile_report.hpp"
#include "analysis/checks/rule_levels.hpp"

using namespace usagectl;

namespace {

Finding finding_at(std::string pointer, Count asserted, Count calculated) {
  Finding finding;
  finding.place.pointer = std::move(pointer);
  finding.counter = "output";
  finding.asserted = asserted;
  finding.calculated = calculated;
  return finding;
}

ReconcileReport report_of(std::vector<Finding> findings) {
  ReconcileReport report;
  report.files = {"logs/a.json", "logs/b.json"};
  report.file_uses = {FileUse::read, FileUse::read};
  report.folder = "/work";
  report.findings = std::move(findings);
  report.verdict = Verdict::fail;
  return report;
}

Baseline baseline_of(std::vector<Finding> findings) {
  return make_baseline(report_of(std::move(findings)), "base.json");
}

}  // namespace

TEST_CASE("what is known is accepted, what is new fails, what is gone is told") {
  const Baseline baseline = baseline_of({finding_at("/x", 5, 4), finding_at("/y", 9, 4)});
  ReconcileReport report = report_of({finding_at("/x", 105, 104), finding_at("/z", 2, 1)});
  accept_known(baseline, "2026-11-26", report);
  CHECK(report.verdict == Verdict::fail);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].place.pointer == "/z");
  REQUIRE(report.baseline);
  CHECK(report.baseline->known.size() == 1);
  REQUIRE(report.baseline->gone.size() == 1);
  CHECK(report.baseline->gone[0].pointer == "/y");

  ReconcileReport sound = report_of({finding_at("/x", 5, 4)});
  accept_known(baseline, "2026-11-26", sound);
  CHECK(sound.verdict == Verdict::pass);
}

TEST_CASE("a finding that stands once more than it is known is new") {
  const Baseline baseline =
      baseline_of({finding_at("/calls/1", 5, 4), finding_at("/calls/2", 5, 4)});
  REQUIRE(baseline.entries.size() == 1);
  CHECK(baseline.entries[0].times == 2);
  ReconcileReport report = report_of(
      {finding_at("/calls/7", 5, 4), finding_at("/calls/8", 5, 4), finding_at("/calls/9", 5, 4)});
  accept_known(baseline, "2026-11-26", report);
  CHECK(report.findings.size() == 1);
  CHECK(report.baseline->known.size() == 2);
}

TEST_CASE("of a file that was not read nothing is said to be gone, and its entries are kept") {
  const Baseline baseline = baseline_of({finding_at("/x", 5, 4)});
  ReconcileReport report = report_of({});
  report.files = {"logs/b.json"};
  report.file_uses = {FileUse::read};
  accept_known(baseline, "2026-11-26", report);
  CHECK(report.baseline->gone.empty());
  CHECK(report.baseline->not_looked_at.size() == 1);
  CHECK(make_baseline(report, "base.json").entries.size() == 1);
  CHECK(make_baseline(report, "elsewhere/base.json").entries.empty());
}

namespace {

/// A baseline of one finding that is accepted until that day.
Baseline accepted_until(std::string day) {
  Baseline baseline = baseline_of({finding_at("/x", 5, 4)});
  baseline.entries[0].reason = "the fix is in review";
  baseline.entries[0].expires = std::move(day);
  return baseline;
}

}  // namespace

TEST_CASE("an acceptance holds on its last day") {
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  accept_known(accepted_until("2026-11-26"), "2026-11-26", report);
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.baseline->reasons == std::vector<std::string>{"the fix is in review"});
  CHECK(report.baseline->expired.empty());
}

TEST_CASE("after its last day an acceptance has expired, and its finding fails") {
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  accept_known(accepted_until("2026-11-25"), "2026-11-26", report);
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.findings.size() == 1);
  REQUIRE(report.baseline->expired.size() == 1);
  CHECK(report.baseline->expired[0].reason == "the fix is in review");
  CHECK(report.baseline->gone.empty());
}

TEST_CASE("a new baseline keeps reasons and dates") {
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  accept_known(accepted_until("2026-11-25"), "2026-11-26", report);
  const Baseline next = make_baseline(report, "base.json");
  REQUIRE(next.entries.size() == 1);
  CHECK(next.entries[0].expires == "2026-11-25");
  CHECK(next.entries[0].reason == "the fix is in review");
}

TEST_CASE("a date that is none and a mistyped key are errors") {
  const auto text_with = [](const std::string& member) {
    return R"({"schema":"usagectl.baseline/1","findings":[{"fingerprint":"0",)" + member + "}]}";
  };
  CHECK_NOTHROW(parse_baseline(text_with(R"("expires":"2026-12-31")"), "b.json"));
  CHECK_THROWS_WITH(parse_baseline(text_with(R"("expires":"2026-02-30")"), "b.json"),
                    "b.json: /findings/0/expires: expected a date such as 2026-12-31");
  CHECK_THROWS_WITH(parse_baseline(text_with(R"("expire":"2026-12-31")"), "b.json"),
                    "b.json: /findings/0: invalid key \"expire\"; did you mean expires?");
}

TEST_CASE("a baseline does not depend on the folder a run starts in") {
  const Baseline baseline = baseline_of({finding_at("/x", 5, 4)});
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  report.folder = "/work/deep/er";
  report.files[0] = "../../logs/a.json";
  Baseline seen_from_there = baseline;
  seen_from_there.file = "../../base.json";
  accept_known(seen_from_there, "2026-11-26", report);
  CHECK(report.findings.empty());
}

TEST_CASE("a rule that is off hides its findings, not that there were any") {
  RuleLevels levels;
  levels.levels[static_cast<std::size_t>(Rule::sum)] = Level::off;
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  apply_levels(levels, report);
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.findings.empty());
  CHECK(report.switched_off[static_cast<std::size_t>(Rule::sum)] == 1);
}

TEST_CASE("the verdict follows the level of a rule and the severity that fails") {
  RuleLevels levels;
  levels.levels[static_cast<std::size_t>(Rule::sum)] = Level::note;
  ReconcileReport report = report_of({finding_at("/x", 5, 4)});
  apply_levels(levels, report);
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.failed == 0);
  levels.fails_at = Severity::note;
  apply_levels(levels, report);
  CHECK(report.verdict == Verdict::fail);
}
