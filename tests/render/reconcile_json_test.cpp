#include "render/reconcile/reconcile_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports.hpp"

using namespace usagectl;

TEST_CASE("the report has its contracted shape") {
  const auto json = reconcile_json(report_with({}));
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  CHECK(keys ==
        std::vector<std::string>{"schema", "tool", "inputs", "verdict", "checks", "findings"});
  CHECK(json["schema"] == "usagectl.reconcile/1");
  CHECK(json["verdict"] == "pass");
  CHECK(json["checks"].dump() == R"({"passed":209,"failed":0,"unprovable":0})");
  CHECK(json["findings"].dump() == "[]");
}

TEST_CASE("a finding has every key in order") {
  Finding finding = missing_detail();
  finding.witnesses = {{{1, 3, "/x"}, counts_of({{Counter::output, 1487}})}};
  CHECK(
      reconcile_json(report_with({finding}))["findings"][0].dump() ==
      R"({"rule":"sum","severity":"error","file":"token_usage.json",)"
      R"("pointer":"/after/o4-mini-2025-04-16/output_tokens","line":null,"column":null,"counter":"output",)"
      R"("asserted":44636,"calculated":43149,"difference":1487,"cause":"detail-missing",)"
      R"_("explanation":"request 17 is missing from the list (output 1,487)",)_"
      R"("witnesses":[{"file":"characters/bob.json","pointer":"/x","line":3,"column":null,"tokens":)"
      R"({"input":null,"cache_read":null,"cache_write":null,"tool_prompt":null,"output":1487,)"
      R"("reasoning":null,"total":null,"unexplained":null}}],)"
      R"("basis":"sum of 29 per_request_details","causes":["detail-missing"],"group":1})");
}

TEST_CASE("what a finding does not know is null") {
  Finding finding;
  finding.rule = Rule::layout;
  finding.severity = Severity::note;
  finding.place = {1, 12, ""};
  finding.explanation = "x";
  CHECK(
      reconcile_json(report_with({finding}))["findings"][0].dump() ==
      R"({"rule":"layout","severity":"note","file":"characters/bob.json","pointer":null,)"
      R"("line":12,"column":null,"counter":null,"asserted":null,"calculated":null,"difference":null,)"
      R"("cause":null,"explanation":"x","witnesses":[],"basis":null,"causes":[],"group":1})");
}
