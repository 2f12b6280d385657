#include "render/summary_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports.hpp"

using namespace usagectl;

namespace {

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

using Keys = std::vector<std::string>;

nlohmann::ordered_json summary_json(const SummaryReport& report) {
  return nlohmann::ordered_json::parse(
      collected([&](const TextSink& out) { write_summary_json(report, out); }));
}

}  // namespace

TEST_CASE("the summary has its contracted shape") {
  const auto json = summary_json(two_models());
  CHECK(keys_of(json) == Keys{"schema", "tool", "inputs", "groups", "total"});
  CHECK(json["schema"] == "usagectl.summary/1");
  CHECK(keys_of(json["groups"][0]) ==
        Keys{"by", "records", "requests", "completions", "tokens", "known"});
  CHECK(keys_of(json["total"]) == Keys{"records", "requests", "completions", "tokens", "known"});
  CHECK(json["groups"][0]["by"].dump() == R"({"model":"o4-mini"})");
  CHECK(json["total"]["tokens"]["reasoning"] == 13200);
  CHECK(json["total"]["known"]["reasoning"] == 12);
  CHECK(json["total"]["completions"].is_null());
}

TEST_CASE("a group without the key has a null there") {
  SummaryReport report;
  report.main.by = {"model"};
  add_group(report, {std::nullopt}, Tally());
  CHECK(summary_json(report)["groups"][0]["by"].dump() == R"({"model":null})");
}

TEST_CASE("chains and further views are added at the end") {
  SummaryReport report;
  report.main.by = {"model"};
  add_group(report, {"o4-mini"}, tally_of_equals(1, counts_of({{Counter::chain_length, 4}})));
  report.others.push_back({{"tick"}, {{{"1"}, Tally()}}});
  const auto json = summary_json(report);
  CHECK(keys_of(json["groups"][0]).back() == "chain_length");
  CHECK(json["groups"][0]["chain_length"] == 4);
  CHECK(keys_of(json).back() == "views");
  CHECK(keys_of(json["views"][0]) == Keys{"by", "groups"});
  CHECK(json["views"][0]["by"].dump() == R"(["tick"])");
  CHECK(json["views"][0]["groups"][0]["by"]["tick"] == "1");
}

TEST_CASE("known lists what at least one record knew") {
  Tally tally = tally_of_equals(2, counts_of({{Counter::input, 1}, {Counter::requests, 1}}));
  tally.add(counts_of({{Counter::input, 1}}));
  SummaryReport report;
  add_group(report, {}, tally);
  CHECK(summary_json(report)["total"]["known"].dump() == R"({"input":3,"requests":2})");
}

TEST_CASE("a sum beyond 64 bits is null though it is known") {
  SummaryReport report;
  add_group(report, {}, tally_of_equals(2, counts_of({{Counter::output, kLargestCount}})));
  const auto total = summary_json(report)["total"];
  CHECK(total["tokens"]["output"].is_null());
  CHECK(total["known"]["output"] == 2);
}
