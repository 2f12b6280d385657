#include "render/reconcile/reconcile_json.hpp"

#include <nlohmann/json.hpp>

#include "analysis/checks/finding_groups.hpp"
#include "render/parts/cost_json.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/tool_json.hpp"
#include "render/reconcile/baseline_json.hpp"
#include "render/reconcile/file_name.hpp"
#include "render/text/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json(nullptr) : json_string(text);
}

ordered_json line_json(const Place& place) {
  return place.line == 0 ? ordered_json(nullptr) : ordered_json(place.line);
}

ordered_json column_json(const Place& place) {
  return place.column == 0 ? ordered_json(nullptr) : ordered_json(place.column);
}

/// The cause where it is certain, else all that fit.
ordered_json causes_json(const Finding& finding) {
  ordered_json list = ordered_json::array();
  if (!finding.cause.empty()) list.push_back(finding.cause);
  for (const std::string_view cause : finding.possible_causes) list.push_back(cause);
  return list;
}

ordered_json finding_json(const Finding& finding, const ReconcileReport& report) {
  ordered_json witnesses = ordered_json::array();
  for (const Witness& witness : finding.witnesses) {
    witnesses.push_back({{"file", json_string(file_name(report, witness.place))},
                         {"pointer", json_string(witness.place.pointer)},
                         {"line", line_json(witness.place)},
                         {"column", column_json(witness.place)},
                         {"tokens", tokens_json(witness.tokens)}});
  }
  ordered_json json = {{"rule", name_of(finding.rule)},
                       {"severity", name_of(finding.severity)},
                       {"file", json_string(file_name(report, finding.place))},
                       {"pointer", text_or_null(finding.place.pointer)},
                       {"line", line_json(finding.place)},
                       {"column", column_json(finding.place)},
                       {"counter", text_or_null(finding.counter)},
                       {"asserted", count_json(finding.asserted)},
                       {"calculated", count_json(finding.calculated)},
                       {"difference", count_json(finding.difference())},
                       {"cause", text_or_null(finding.cause)},
                       {"explanation", json_string(finding.explanation)},
                       {"witnesses", std::move(witnesses)},
                       {"basis", text_or_null(finding.basis)},
                       {"causes", causes_json(finding)}};
  if (finding.cost) json["cost"] = compared_cost_json(*finding.cost);
  return json;
}

ordered_json findings_json(const std::vector<Finding>& findings, const ReconcileReport& report) {
  ordered_json list = ordered_json::array();
  const std::vector<std::size_t> groups = group_numbers(findings);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    list.push_back(finding_json(findings[i], report));
    list.back()["group"] = groups[i];
  }
  return list;
}

ordered_json entries_json(const std::vector<BaselineEntry>& entries) {
  ordered_json list = ordered_json::array();
  for (const BaselineEntry& entry : entries) list.push_back(baseline_entry_json(entry));
  return list;
}

ordered_json switched_off_json(const ReconcileReport& report) {
  ordered_json rules = ordered_json::object();
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    if (report.switched_off[i] > 0)
      rules[std::string(name_of(static_cast<Rule>(i)))] = report.switched_off[i];
  }
  return rules;
}

}  // namespace

ordered_json reconcile_json(const ReconcileReport& report) {
  ordered_json json = {
      {"schema", "usagectl.reconcile/1"},
      {"tool", tool_json()},
      {"inputs", intake_json(report.intake)},
      {"verdict", name_of(report.verdict)},
      {"checks",
       {{"passed", report.passed}, {"failed", report.failed}, {"unprovable", report.unprovable}}},
      {"findings", findings_json(report.findings, report)}};
  if (ordered_json off = switched_off_json(report); !off.empty())
    json["switched_off"] = std::move(off);
  if (!report.switched_off_by.empty())
    json["switched_off_by"] = json_string(report.switched_off_by);
  if (report.baseline) {
    json["baseline"] = {{"file", json_string(report.baseline->file)},
                        {"known", findings_json(report.baseline->known, report)},
                        {"gone", entries_json(report.baseline->gone)},
                        {"not_looked_at", entries_json(report.baseline->not_looked_at)},
                        {"expired", entries_json(report.baseline->expired)}};
  }
  return json;
}

}  // namespace usagectl
