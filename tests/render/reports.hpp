#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "analysis/checks/reconcile_report.hpp"
#include "analysis/summary_report.hpp"

// Made-up reports for the tests of this folder.

namespace usagectl {

inline Counts counts_of(std::initializer_list<std::pair<Counter, Count>> values) {
  Counts counts;
  for (const auto& [counter, value] : values) counts.set(counter, value);
  return counts;
}

inline Tally tally_of_equals(std::uint64_t records, const Counts& counts) {
  Tally tally;
  for (std::uint64_t i = 0; i < records; ++i) tally.add(counts);
  return tally;
}

inline void add_group(SummaryReport& report, GroupKey key, const Tally& tally) {
  report.main.groups.push_back({std::move(key), tally});
  report.total.merge(tally);
}

/// Two models, one of which never says its reasoning.
inline SummaryReport two_models() {
  SummaryReport report;
  report.intake.files = 1;
  report.intake.bytes = 3832;
  report.intake.counted = 30;
  report.intake.ignored["aggregate beside its details"] = 1;
  report.main.by = {"model"};
  add_group(report, {"o4-mini"},
            tally_of_equals(12, counts_of({{Counter::requests, 1},
                                           {Counter::input, 412},
                                           {Counter::output, 1487},
                                           {Counter::reasoning, 1100},
                                           {Counter::total, 1899}})));
  add_group(report, {"gpt-4.1"},
            tally_of_equals(18, counts_of({{Counter::requests, 1},
                                           {Counter::input, 10},
                                           {Counter::output, 20},
                                           {Counter::total, 30}})));
  return report;
}

/// The finding that the documentation shows.
inline Finding missing_detail() {
  Finding finding;
  finding.place = {0, 0, "/after/o4-mini-2025-04-16/output_tokens"};
  finding.counter = "output";
  finding.asserted = 44636;
  finding.calculated = 43149;
  finding.basis = "sum of 29 per_request_details";
  finding.cause = "detail-missing";
  finding.explanation = "request 17 is missing from the list (output 1,487)";
  return finding;
}

inline ReconcileReport report_with(std::vector<Finding> findings) {
  ReconcileReport report;
  report.intake.files = 24;
  report.intake.bytes = 5000;
  report.intake.counted = 30;
  report.passed = 209;
  report.failed = findings.size();
  report.verdict = findings.empty() ? Verdict::pass : Verdict::fail;
  report.files = {"token_usage.json", "characters/bob.json"};
  report.findings = std::move(findings);
  return report;
}

}  // namespace usagectl
