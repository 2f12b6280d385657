#include "render/reconcile/baseline_json.hpp"

#include <nlohmann/json.hpp>

#include "render/text/json_text.hpp"

namespace usagectl {

using nlohmann::ordered_json;

ordered_json baseline_entry_json(const BaselineEntry& entry) {
  ordered_json json = {{"fingerprint", json_string(entry.fingerprint)}};
  if (entry.times > 1) json["times"] = entry.times;
  const auto set = [&](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = json_string(text);
  };
  set("rule", entry.rule);
  set("severity", entry.severity);
  set("file", entry.file);
  set("pointer", entry.pointer);
  set("counter", entry.counter);
  if (entry.difference) json["difference"] = *entry.difference;
  set("explanation", entry.explanation);
  set("reason", entry.reason);
  set("expires", entry.expires);
  return json;
}

ordered_json baseline_json(const Baseline& baseline) {
  ordered_json findings = ordered_json::array();
  for (const BaselineEntry& entry : baseline.entries)
    findings.push_back(baseline_entry_json(entry));
  return {{"schema", kBaselineSchema}, {"findings", std::move(findings)}};
}

}  // namespace usagectl
