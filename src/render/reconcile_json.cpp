#include "render/reconcile_json.hpp"

#include <nlohmann/json.hpp>

#include "render/counts_json.hpp"
#include "render/file_name.hpp"
#include "render/intake_json.hpp"
#include "render/json_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json(nullptr) : json_string(text);
}

ordered_json line_json(const Place& place) {
  return place.line == 0 ? ordered_json(nullptr) : ordered_json(place.line);
}

ordered_json finding_json(const Finding& finding, const ReconcileReport& report) {
  ordered_json witnesses = ordered_json::array();
  for (const Witness& witness : finding.witnesses) {
    witnesses.push_back({{"file", json_string(file_name(report, witness.place))},
                         {"pointer", json_string(witness.place.pointer)},
                         {"line", line_json(witness.place)},
                         {"tokens", tokens_json(witness.tokens)}});
  }
  return {{"rule", name_of(finding.rule)},
          {"severity", name_of(finding.severity)},
          {"file", json_string(file_name(report, finding.place))},
          {"pointer", text_or_null(finding.place.pointer)},
          {"line", line_json(finding.place)},
          {"counter", text_or_null(finding.counter)},
          {"asserted", count_json(finding.asserted)},
          {"calculated", count_json(finding.calculated)},
          {"difference", count_json(finding.difference())},
          {"cause", text_or_null(finding.cause)},
          {"explanation", json_string(finding.explanation)},
          {"witnesses", std::move(witnesses)},
          {"basis", text_or_null(finding.basis)}};
}

}  // namespace

ordered_json reconcile_json(const ReconcileReport& report) {
  ordered_json findings = ordered_json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding, report));
  return {
      {"schema", "usagectl.reconcile/1"},
      {"inputs", intake_json(report.intake)},
      {"verdict", name_of(report.verdict)},
      {"checks",
       {{"passed", report.passed}, {"failed", report.failed}, {"unprovable", report.unprovable}}},
      {"findings", std::move(findings)}};
}

}  // namespace usagectl
