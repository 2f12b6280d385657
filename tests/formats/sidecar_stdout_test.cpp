#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

RecordingSink output(const std::string& name) { return read_fixture("sidecar_stdout/" + name); }

TEST_CASE("responses with usage are found among plain lines, acknowledgements and tracebacks") {
  const RecordingSink sink = output("mixed_lines.jsonl");
  REQUIRE(sink.records.size() == 1);
  CHECK(sink.records[0].place.line == 4);
  CHECK(sink.records[0].id == "req-1-1769526001000");
  CHECK(sink.records[0].time == "2026-01-27T15:00:01Z");
  CHECK(tokens(sink.records[0], Counter::total) == 290);
  CHECK(sink.problems.empty());
  CHECK(sink.ignored_by.at("plain lines") == 3);
  CHECK(sink.ignored_by.at("lines that begin like JSON and are none") == 1);
  CHECK(sink.ignored_by.at("failed responses without usage") == 1);
}

TEST_CASE("a failed response with the usage of the one before it counts nothing") {
  const RecordingSink sink = output("stale_usage_on_failures.jsonl");
  REQUIRE(sink.records.size() == 3);  // a, e and f: f failed with a usage of its own
  CHECK(sink.records[1].id == "e");
  CHECK(sink.records[2].id == "f");
  CHECK(sink.duplicates == 2);
  REQUIRE(sink.findings.front().rule == Rule::duplicate);
  CHECK(sink.findings.front().cause == "usage-repeated-stale");
  CHECK(sink.findings.front().severity == Severity::warning);
  REQUIRE(sink.findings.front().witnesses.size() == 1);
  CHECK(sink.findings.front().witnesses[0].place.line == 1);
}

TEST_CASE("zeros are counted as reported and said to be suspicious") {
  const RecordingSink sink = output("zeros.jsonl");
  CHECK(sink.records.size() == 3);
  CHECK(sink.findings.size() == 4);
  for (const Finding& finding : sink.findings) {
    CHECK(finding.rule == Rule::coverage);
    CHECK(finding.severity == Severity::warning);
  }
}

TEST_CASE("an id that is answered twice with one usage counts once") {
  const RecordingSink sink = output("same_id_twice.jsonl");
  CHECK(sink.records.size() == 4);  // the other usage of "a", and both of "unknown"
  CHECK(sink.duplicates == 1);
  CHECK(sink.findings.size() == 2);
}

TEST_CASE("a total must be the prompt and the completion") {
  const Finding finding = output("total_wrong.jsonl").only(Rule::identity);
  CHECK(finding.asserted == 291);
  CHECK(finding.calculated == 290);
  CHECK(finding.place.line == 1);
}

TEST_CASE("a response that is cut is rejected, since it holds usage") {
  const RecordingSink sink = output("cut_response.jsonl");
  CHECK(sink.records.size() == 1);
  CHECK(sink.problems.size() == 1);
}

TEST_CASE("responses behind plain text or behind each other on a line are all found") {
  const RecordingSink sink = output("two_on_a_line_crlf.jsonl");
  REQUIRE(sink.records.size() == 3);
  CHECK(sink.records[2].id == "c");
  CHECK(sink.records[2].place.line == 2);
}

}  // namespace
}  // namespace usagectl
