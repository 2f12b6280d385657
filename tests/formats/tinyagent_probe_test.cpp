#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

TEST_CASE("every turn of a probe is one request of its session") {
  const RecordingSink sink = read_fixture("tinyagent_probe/two_turns.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(*scope_value(sink.records[1], "session") == "probe-1");
  CHECK(sink.records[1].place.pointer == "/records/1/usage");
  CHECK(tokens(sink.records[1], Counter::input) == 85);
  CHECK(sink.records[1].dialect == "tinyagent");
  CHECK(sink.findings.empty());
}

TEST_CASE("a missing turn is a gap in the numbering") {
  const RecordingSink sink = read_fixture("tinyagent_probe/turn_missing.json");
  CHECK(sink.records.size() == 2);
  CHECK(sink.only(Rule::sequence).explanation == "turn 2 is missing");
}

TEST_CASE("a failed turn without usage is said") {
  const RecordingSink sink = read_fixture("tinyagent_probe/failed_turn_without_usage.json");
  CHECK(sink.records.size() == 1);
  CHECK(sink.only(Rule::coverage).place.pointer == "/records/1");
}

TEST_CASE("a dump of messages to send holds no call") {
  const RecordingSink sink = read_fixture("tinyagent_context/placeholders.json");
  CHECK(sink.records.empty());
  CHECK(sink.ignored_by.at("request dump: messages sent, not answered") == 1);
}

}  // namespace
}  // namespace usagectl
