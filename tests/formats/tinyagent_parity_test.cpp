#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

TEST_CASE("a parity report repeats the usage of captures and counts nothing") {
  const RecordingSink sink = read_fixture("tinyagent_parity/diff.json");
  CHECK(sink.records.empty());
  CHECK(sink.ignored_by.at("parity report: usage copied from captures") == 2);
  CHECK(sink.sum_claims.empty());
}

TEST_CASE("a parity summary claims the events and the last usage of the captures it names") {
  const RecordingSink sink = read_fixture("tinyagent_parity/with_captures/summary.json");
  CHECK(sink.records.empty());
  REQUIRE(sink.count_claims.size() == 2);
  CHECK(sink.count_claims[1].place.pointer == "/python_event_count");
  REQUIRE(sink.sum_claims.size() == 2);
  CHECK(sink.sum_claims[0].parts_are_optional);
  CHECK(sink.groups.contains("tinyagent:tinyagent_parity/with_captures/rust_run.json#final"));
}

TEST_CASE("a capture joins the groups that a summary beside it speaks of") {
  const RecordingSink sink = read_fixture("tinyagent_parity/with_captures/rust_run.json");
  REQUIRE(sink.records.size() == 1);
  const auto group =
      sink.groups.find("tinyagent:tinyagent_parity/with_captures/rust_run.json#final");
  REQUIRE(group != sink.groups.end());
  CHECK(sink.records[0].parts_of[0] == group->second);
  REQUIRE(sink.members.size() == 1);
  CHECK(sink.members[0].times == 9);
}

}  // namespace
}  // namespace usagectl
