#include "render/reconcile/reconcile_sarif.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/checks/fingerprint.hpp"
#include "base/version.hpp"
#include "render/parts/cost_json.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/file_name.hpp"
#include "render/reconcile/finding_line.hpp"
#include "render/reconcile/report_uri.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/json_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShownWitnesses = 10;

ordered_json text_json(std::string_view text) { return {{"text", json_string(text)}}; }

/// A message ends like a sentence.
ordered_json message_json(std::string text) {
  if (!text.empty() && text.back() != '.' && text.back() != '?') text.push_back('.');
  return text_json(text);
}

ordered_json rules_json() {
  ordered_json rules = ordered_json::array();
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const auto rule = static_cast<Rule>(i);
    const std::string meaning(meaning_of(rule));
    rules.push_back(
        {{"id", name_of(rule)},
         {"name", title_of(rule)},
         {"shortDescription", message_json(meaning)},
         {"fullDescription", message_json("Holds when " + meaning)},
         {"help", {{"text", json_string(help_of(rule))}, {"markdown", json_string(help_of(rule))}}},
         {"defaultConfiguration", {{"level", "error"}}}});
  }
  return rules;
}

ordered_json location_json(const ReconcileReport& report, const Place& place) {
  ordered_json location;
  ordered_json physical = {
      {"artifactLocation", {{"uri", uri_of(report, file_name(report, place))}}}};
  // GitHub shows a result only if it has a line.
  physical["region"] = {{"startLine", std::max<std::uint64_t>(place.line, 1)}};
  if (place.column > 0) physical["region"]["startColumn"] = place.column;
  location["physicalLocation"] = std::move(physical);
  if (!place.pointer.empty()) {
    location["logicalLocations"] =
        ordered_json::array({{{"fullyQualifiedName", json_string(place.pointer)}}});
  }
  return location;
}

/// The numbers of a finding, named as in the JSON report.
ordered_json properties_json(const Finding& finding) {
  ordered_json properties = ordered_json::object();
  const auto set = [&](const char* key, const std::optional<Count>& count) {
    if (count) properties[key] = *count;
  };
  if (!finding.counter.empty()) properties["counter"] = json_string(finding.counter);
  set("asserted", finding.asserted);
  set("calculated", finding.calculated);
  set("difference", finding.difference());
  if (finding.cost) properties["cost"] = compared_cost_json(*finding.cost);
  if (!finding.cause.empty()) properties["cause"] = json_string(finding.cause);
  return properties;
}

ordered_json result_json(const Finding& finding, const std::string& print,
                         const ReconcileReport& report) {
  ordered_json result = {
      {"ruleId", name_of(finding.rule)},
      {"ruleIndex", static_cast<std::size_t>(finding.rule)},
      {"level", name_of(finding.severity)},
      {"message", message_json(finding_line(finding))},
      {"locations", ordered_json::array({location_json(report, finding.place)})}};
  ordered_json related = ordered_json::array();
  for (std::size_t i = 0; i < finding.witnesses.size() && i < kShownWitnesses; ++i) {
    ordered_json location = location_json(report, finding.witnesses[i].place);
    location["id"] = i + 1;
    location["message"] = text_json("Witness.");
    related.push_back(std::move(location));
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  result["partialFingerprints"] = {{"usagectlFinding/v1", print}};
  if (ordered_json properties = properties_json(finding); !properties.empty()) {
    result["properties"] = std::move(properties);
  }
  return result;
}

ordered_json problem_json(const ReconcileReport& report, const Problem& problem) {
  ordered_json physical = {{"artifactLocation", {{"uri", uri_of(report, problem.file)}}}};
  if (problem.line && *problem.line > 0) {
    physical["region"] = {{"startLine", *problem.line}};
    if (problem.column && *problem.column > 0) physical["region"]["startColumn"] = *problem.column;
  }
  ordered_json notification = {{"descriptor", {{"id", "unreadable"}, {"index", 0}}},
                               {"level", "error"},
                               {"message", message_json(problem_text(problem))}};
  if (!problem.file.empty()) {
    notification["locations"] = ordered_json::array({{{"physicalLocation", std::move(physical)}}});
  }
  return notification;
}

ordered_json remark_json(std::string_view level, std::string_view text) {
  return {{"level", level}, {"message", message_json(std::string(text))}};
}

ordered_json accepted_json(const BaselineResult& baseline, std::size_t known) {
  std::string text = "accepted by " + baseline.file;
  if (known < baseline.reasons.size() && !baseline.reasons[known].empty())
    text += ": " + baseline.reasons[known];
  return {{"kind", "external"}, {"status", "accepted"}, {"justification", json_string(text)}};
}

}  // namespace

ordered_json reconcile_sarif(const ReconcileReport& report, std::size_t most_results) {
  std::vector<Finding> findings = report.findings;
  if (report.baseline)
    findings.insert(findings.end(), report.baseline->known.begin(), report.baseline->known.end());
  const std::vector<std::string> prints = numbered_fingerprints(findings, report);
  const std::size_t shown = std::min(findings.size(), most_results);
  ordered_json results = ordered_json::array();
  for (std::size_t i = 0; i < shown; ++i) {
    results.push_back(result_json(findings[i], prints[i], report));
    if (!report.baseline) continue;
    const bool is_known = i >= report.findings.size();
    results.back()["baselineState"] = is_known ? "unchanged" : "new";
    if (is_known)
      results.back()["suppressions"] =
          ordered_json::array({accepted_json(*report.baseline, i - report.findings.size())});
  }

  ordered_json notifications = ordered_json::array();
  for (const Problem& problem : report.intake.problems)
    notifications.push_back(problem_json(report, problem));
  if (const std::size_t missing = findings.size() - shown; missing > 0) {
    notifications.push_back(remark_json(
        "warning",
        quantity(missing, "more finding") + " not shown here; the JSON report has all of them"));
  }
  if (report.baseline) {
    for (const BaselineEntry& entry : report.baseline->expired)
      notifications.push_back(remark_json("error", "expired: " + expired_text(entry)));
    for (const BaselineEntry& entry : report.baseline->gone) {
      notifications.push_back(remark_json("note", "resolved: " + resolved_text(entry)));
    }
  }
  notifications.push_back(remark_json("note", verdict_text(report)));
  notifications.push_back(remark_json("note", accounting_text(report.intake)));

  const ordered_json unreadable = {
      {"id", "unreadable"},
      {"name", "ReadableCapture"},
      {"shortDescription", text_json("A capture is unreadable or rejected.")},
      {"fullDescription", text_json("A capture is unreadable or rejected, so that its usage is "
                                    "missing in every number.")},
      {"help", text_json("The message names the file and the reason. Repair the file, or leave it "
                         "out of the run.")}};
  ordered_json driver = {{"name", "usagectl"},
                         {"fullName", "usagectl, the auditor of LLM token counts"},
                         {"version", version()},
                         {"semanticVersion", version()},
                         {"informationUri", "man:usagectl(1)"},
                         {"rules", rules_json()},
                         {"notifications", ordered_json::array({unreadable})}};
  ordered_json run = {
      {"tool", {{"driver", std::move(driver)}}},
      {"invocations",
       ordered_json::array({{{"executionSuccessful", report.intake.problems.empty()},
                             {"toolExecutionNotifications", std::move(notifications)}}})},
      {"results", std::move(results)},
      {"columnKind", "unicodeCodePoints"},
      {"properties", {{"verdict", name_of(report.verdict)}}}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", ordered_json::array({std::move(run)})}};
}

}  // namespace usagectl
