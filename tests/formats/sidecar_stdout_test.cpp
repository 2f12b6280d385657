#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

/// Without what the sidecar still remembers at the end of its log, which is no answer.
FormatReading output(const std::string& name) {
  FormatReading reading = read_fixture("sidecar_stdout/" + name);
  std::erase_if(reading.records,
                [](const UsageRecord& record) { return record.role == Role::copy; });
  return reading;
}

TEST_CASE("responses with usage are found among plain lines, acknowledgements and tracebacks") {
  const FormatReading reading = output("mixed_lines.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].place.line == 4);
  CHECK(reading.records[0].id == "req-1-1769526001000");
  CHECK(reading.records[0].time == "2026-01-27T15:00:01Z");
  CHECK(tokens(reading.records[0], Counter::total) == 290);
  CHECK(reading.problems.empty());
  CHECK(reading.ignored_by.at("plain lines") == 3);
  CHECK(reading.ignored_by.at("lines that begin like JSON but aren't JSON") == 1);
  CHECK(reading.ignored_by.at("failed responses without usage") == 1);
}

TEST_CASE("a failed response with the usage of the one before it counts nothing") {
  const FormatReading reading = output("stale_usage_on_failures.jsonl");
  REQUIRE(reading.records.size() == 3);  // a, e and f: f failed with a usage of its own
  CHECK(reading.records[1].id == "e");
  CHECK(reading.records[2].id == "f");
  CHECK(reading.duplicates == 2);
  REQUIRE(reading.findings.front().rule == Rule::duplicate);
  CHECK(reading.findings.front().cause == "usage-repeated-stale");
  CHECK(reading.findings.front().severity == Severity::warning);
  REQUIRE(reading.findings.front().witnesses.size() == 1);
  CHECK(reading.findings.front().witnesses[0].place.line == 1);
}

TEST_CASE("zeros are counted as reported and said to be suspicious") {
  const FormatReading reading = output("zeros.jsonl");
  CHECK(reading.records.size() == 3);
  CHECK(reading.findings.size() == 4);
  for (const Finding& finding : reading.findings) {
    CHECK(finding.rule == Rule::coverage);
    CHECK(finding.severity == Severity::warning);
  }
}

TEST_CASE("an id that is answered twice with one usage counts once") {
  const FormatReading reading = output("same_id_twice.jsonl");
  CHECK(reading.records.size() == 4);  // the other usage of "a", and both of "unknown"
  CHECK(reading.duplicates == 1);
  CHECK(reading.findings.size() == 2);
}

TEST_CASE("a total must be the prompt and the completion") {
  const Finding finding = output("total_wrong.jsonl").only(Rule::identity);
  CHECK(finding.asserted == 291);
  CHECK(finding.calculated == 290);
  CHECK(finding.place.line == 1);
}

TEST_CASE("a response that is cut is rejected, since it holds usage") {
  const FormatReading reading = output("cut_response.jsonl");
  CHECK(reading.records.size() == 1);
  CHECK(reading.problems.size() == 1);
}

TEST_CASE("responses behind plain text or behind each other on a line are all found") {
  const FormatReading reading = output("two_on_a_line_crlf.jsonl");
  REQUIRE(reading.records.size() == 3);
  CHECK(reading.records[2].id == "c");
  CHECK(reading.records[2].place.line == 2);
}

}  // namespace
}  // namespace usagectl
