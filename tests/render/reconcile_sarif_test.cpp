// Holds the report against what the schema of SARIF 2.1.0 asks for: the members that are required,
// their types and the words that are allowed.
#include "render/reconcile/reconcile_sarif.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "render/text/json_text.hpp"
#include "reports.hpp"

using namespace usagectl;
using nlohmann::ordered_json;

namespace {

const std::set<std::string> kLevels = {"none", "note", "warning", "error"};

bool only_holds(const ordered_json& object, const std::set<std::string>& keys) {
  return std::all_of(object.items().begin(), object.items().end(),
                     [&](const auto& item) { return keys.contains(item.key()); });
}

bool is_uri_reference(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-._~/%:").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

void check_message(const ordered_json& message) {
  CHECK(only_holds(message, {"text", "markdown"}));
  const auto text = message.at("text").get<std::string>();
  CHECK(!text.empty());
  CHECK((text.ends_with('.') || text.ends_with('?')));
}

void check_location(const ordered_json& location) {
  CHECK(only_holds(location, {"id", "physicalLocation", "logicalLocations", "message"}));
  const auto& physical = location.at("physicalLocation");
  CHECK(only_holds(physical, {"artifactLocation", "region"}));
  CHECK(is_uri_reference(physical.at("artifactLocation").at("uri").get<std::string>()));
  // GitHub shows a result only if it has a line.
  CHECK(only_holds(physical.at("region"), {"startLine", "startColumn"}));
  CHECK(physical["region"].at("startLine").get<int>() >= 1);
  if (location.contains("logicalLocations")) {
    REQUIRE(location["logicalLocations"].is_array());
    CHECK(location["logicalLocations"].at(0).at("fullyQualifiedName").is_string());
  }
}

void check_result(const ordered_json& result, const ordered_json& rules) {
  CHECK(only_holds(result,
                   {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations",
                    "partialFingerprints", "baselineState", "suppressions", "properties"}));
  CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
  CHECK(kLevels.contains(result.at("level").get<std::string>()));
  check_message(result.at("message"));
  REQUIRE(result.at("locations").is_array());
  for (const auto& location : result["locations"]) check_location(location);
  if (result.contains("relatedLocations")) {
    for (const auto& location : result["relatedLocations"]) check_location(location);
  }
  for (const auto& [name, print] : result.at("partialFingerprints").items())
    CHECK(print.is_string());
}

void check_sarif(const ordered_json& log) {
  CHECK(log.at("version") == "2.1.0");
  CHECK(only_holds(log, {"$schema", "version", "runs"}));
  REQUIRE(log.at("runs").size() == 1);
  const auto& run = log["runs"][0];
  CHECK(only_holds(run, {"tool", "invocations", "results", "columnKind", "properties"}));
  const auto& driver = run.at("tool").at("driver");
  CHECK(only_holds(driver, {"name", "fullName", "version", "semanticVersion", "informationUri",
                            "rules", "notifications"}));
  CHECK(driver.at("name") == "usagectl");
  std::set<std::string> ids;
  for (const auto& rule : driver.at("rules")) {
    CHECK(only_holds(rule, {"id", "name", "shortDescription", "fullDescription", "help",
                            "defaultConfiguration"}));
    CHECK(ids.insert(rule.at("id")).second);
    CHECK(rule.at("id") != rule.at("name"));
    check_message(rule.at("shortDescription"));
    check_message(rule.at("fullDescription"));
    check_message(rule.at("help"));
    CHECK_FALSE(rule["help"]["text"].get<std::string>().empty());
  }
  for (const auto& invocation : run.at("invocations")) {
    CHECK(invocation.at("executionSuccessful").is_boolean());
    for (const auto& notification : invocation.at("toolExecutionNotifications")) {
      CHECK(only_holds(notification, {"descriptor", "level", "message", "locations"}));
      CHECK(kLevels.contains(notification.at("level").get<std::string>()));
      check_message(notification.at("message"));
    }
  }
  for (const auto& result : run.at("results")) check_result(result, driver["rules"]);
}

ordered_json results_of(const ReconcileReport& report) {
  return reconcile_sarif(report)["runs"][0]["results"];
}

std::string print_of(const Finding& finding) {
  return results_of(report_with({finding}))[0]["partialFingerprints"]["usagectlFinding/v1"];
}

}  // namespace

TEST_CASE("the log has the structure that its schema asks for") {
  check_sarif(reconcile_sarif(report_with({})));
  Finding finding = missing_detail();
  finding.place.line = 7;
  finding.witnesses = {{{1, 3, "/x"}, counts_of({{Counter::output, 1487}})}};
  Finding note;
  note.severity = Severity::note;
  ReconcileReport report = report_with({finding, note});
  Problem problem;
  problem.file = "a b\xff.json";
  problem.line = 2;
  problem.column = 12;
  report.intake.problems = {problem};
  const auto log = reconcile_sarif(report);
  check_sarif(log);
  CHECK(ordered_json::parse(json_text(log)) == log);
  CHECK(log["runs"][0]["invocations"][0]["executionSuccessful"] == false);
  CHECK(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] ==
        7);
}

TEST_CASE("names of files are relative and percent-encoded, those outside absolute") {
  ReconcileReport report = report_with({missing_detail()});
  report.folder = "/work/project";
  const auto uri = [&](const char* name) {
    report.files = {name};
    return results_of(report)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        .get<std::string>();
  };
  CHECK(uri("./logs//a b:c%.json") == "logs/a%20b%3Ac%25.json");
  CHECK(uri("/work/project/logs/\xff.json") == "logs/%FF.json");
  CHECK(uri("../other/x.json") == "file:///work/other/x.json");
  CHECK(uri("/tmp/x.json") == "file:///tmp/x.json");
}

TEST_CASE("a fingerprint survives other lines, another order and sound growth") {
  Finding finding = missing_detail();
  finding.place.pointer = "/calls/3/usage";
  const std::string print = print_of(finding);
  Finding moved = finding;
  moved.place.line = 99;
  moved.place.pointer = "/calls/12/usage";
  CHECK(print_of(moved) == print);
  Finding grown = finding;
  grown.asserted = 44636 + 500;
  grown.calculated = 43149 + 500;
  CHECK(print_of(grown) == print);
  Finding other = finding;
  other.asserted = 44637;
  CHECK(print_of(other) != print);
  Finding told = finding;
  told.asserted.reset();
  told.explanation = "the same count on line 12";
  Finding told_later = told;
  told_later.explanation = "the same count on line 345";
  CHECK(print_of(told) == print_of(told_later));
}

TEST_CASE("findings that are alike have numbered fingerprints") {
  const auto results = results_of(report_with({missing_detail(), missing_detail()}));
  const std::string first = results[0]["partialFingerprints"]["usagectlFinding/v1"];
  const std::string second = results[1]["partialFingerprints"]["usagectlFinding/v1"];
  CHECK(first.ends_with(":1"));
  CHECK(second == first.substr(0, first.size() - 1) + "2");
}

TEST_CASE("results beyond the limit are cut, and that is said") {
  const auto log = reconcile_sarif(report_with(std::vector<Finding>(5, missing_detail())), 3);
  CHECK(log["runs"][0]["results"].size() == 3);
  CHECK(log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] ==
        "2 more findings not shown here; the JSON report has all of them.");
  check_sarif(log);
}
