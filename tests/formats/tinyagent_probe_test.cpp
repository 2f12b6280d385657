#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

TEST_CASE("every turn of a probe is one request of its session") {
  const FormatReading reading = read_fixture("tinyagent_probe/two_turns.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(*scope_value(reading.records[1], "session") == "probe-1");
  CHECK(reading.records[1].place.pointer == "/records/1/usage");
  CHECK(tokens(reading.records[1], Counter::input) == 85);
  CHECK(reading.records[1].dialect == "tinyagent");
  CHECK(reading.findings.empty());
}

TEST_CASE("a missing turn is a gap in the numbering") {
  const FormatReading reading = read_fixture("tinyagent_probe/turn_missing.json");
  CHECK(reading.records.size() == 2);
  CHECK(reading.only(Rule::sequence).explanation == "turn 2 is missing");
}

TEST_CASE("a failed turn without usage is said") {
  const FormatReading reading = read_fixture("tinyagent_probe/failed_turn_without_usage.json");
  CHECK(reading.records.size() == 1);
  CHECK(reading.only(Rule::coverage).place.pointer == "/records/1");
}

TEST_CASE("a dump of messages to send holds no call") {
  const FormatReading reading = read_fixture("tinyagent_context/placeholders.json");
  CHECK(reading.records.empty());
  CHECK(reading.ignored_by.at("request dump: messages sent, not answered") == 1);
}

}  // namespace
}  // namespace usagectl
