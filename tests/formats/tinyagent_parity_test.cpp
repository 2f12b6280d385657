#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

TEST_CASE("a parity report repeats the usage of captures and counts nothing") {
  const FormatReading reading = read_fixture("tinyagent_parity/diff.json");
  CHECK(reading.records.empty());
  CHECK(reading.ignored_by.at("parity report: usage copied from captures") == 2);
  CHECK(reading.sum_claims.empty());
}

TEST_CASE("a parity summary claims the events and the last usage of the captures it names") {
  const FormatReading reading = read_fixture("tinyagent_parity/with_captures/summary.json");
  CHECK(reading.records.empty());
  REQUIRE(reading.count_claims.size() == 2);
  CHECK(reading.count_claims[1].place.pointer == "/python_event_count");
  REQUIRE(reading.sum_claims.size() == 2);
  CHECK(reading.sum_claims[0].parts_are_optional);
  CHECK(reading.groups.contains("tinyagent:tinyagent_parity/with_captures/rust_run.json#final"));
}

TEST_CASE("a capture joins the groups that a summary beside it speaks of") {
  const FormatReading reading = read_fixture("tinyagent_parity/with_captures/rust_run.json");
  REQUIRE(reading.records.size() == 1);
  const auto group =
      reading.groups.find("tinyagent:tinyagent_parity/with_captures/rust_run.json#final");
  REQUIRE(group != reading.groups.end());
  CHECK(reading.records[0].parts_of[0] == group->second);
  REQUIRE(reading.members.size() == 1);
  CHECK(reading.members[0].times == 9);
}

}  // namespace
}  // namespace usagectl
