#include <doctest/doctest.h>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

std::string usage(int total) {
  return "{\"input_tokens\": " + std::to_string(total - total / 10) +
         ", \"output_tokens\": " + std::to_string(total / 10) +
         ", \"total_tokens\": " + std::to_string(total) + "}";
}
std::string v1(int before, int after) {
  return "data: {\"type\": \"thread_info\", \"thread_id\": \"t\", \"token_usage\": " +
         usage(before) +
         "}\n\ndata: {\"type\": \"stream_complete\", \"token_usage\": " + usage(after) + "}\n\n";
}
std::string v2(int after) {
  return "data: {\"type\": \"thread_info\", \"thread_id\": \"t\"}\n\n"
         "data: {\"type\": \"token_usage\", \"thread_id\": \"t\", \"token_usage\": " +
         usage(after) + "}\n\ndata: {\"type\": \"stream_complete\"}\n\n";
}

bool is_sound(const MadeCapture& capture) {
  const ReconcileReport report = capture.report();
  return report.verdict == Verdict::pass && report.findings.empty();
}

TEST_CASE("each request of a thread counts what its total grew by") {
  const MadeCapture capture({{"log.sse", v1(0, 100) + v1(100, 250) + v1(250, 300)}});
  CHECK(capture.sum() == 300);
  CHECK(capture.sum(Counter::requests) == 3);
  CHECK(is_sound(capture));
}

TEST_CASE("the starts of v1 streams prove their order, whatever the files are called") {
  const MadeCapture capture(
      {{"a.sse", v1(250, 330)}, {"b.sse", v1(0, 100)}, {"c.sse", v1(100, 250)}});
  CHECK(capture.sum() == 330);
  CHECK(capture.sum(Counter::requests) == 3);
  CHECK(is_sound(capture));
}

TEST_CASE("in rising order no total of a v2 stream falls") {
  const MadeCapture capture({{"all.sse", v2(330)}, {"hello.sse", v2(100)}, {"what.sse", v2(250)}});
  CHECK(capture.sum() == 330);
  CHECK(is_sound(capture));
}

TEST_CASE("windows of a log that overlap tell each request once") {
  for (const auto& stream : {std::string("v1"), std::string("v2")}) {
    const auto told = [&](int before, int after) {
      return stream == "v1" ? v1(before, after) : v2(after);
    };
    const MadeCapture capture({{"part_1.sse", told(0, 100) + told(100, 250)},
                               {"part_2.sse", told(100, 250) + told(250, 300)}});
    CHECK(capture.sum() == 300);
    CHECK(is_sound(capture));
  }
}

TEST_CASE("a total that starts at 0 twice was reset") {
  const MadeCapture capture({{"a.sse", v1(0, 100)}, {"b.sse", v1(0, 300)}});
  CHECK(capture.sum() == 400);
  CHECK(capture.report().findings.front().cause == "counter-reset");
}

TEST_CASE("a total that falls within one file was reset") {
  const MadeCapture capture({{"a.sse", v2(100) + v2(250) + v2(30)}});
  CHECK(capture.sum() == 280);
  CHECK(capture.report().findings.front().cause == "counter-reset");
}

TEST_CASE("a copy of a log that tells of a reset adds nothing") {
  const MadeCapture capture(
      {{"a.sse", v2(100) + v2(250) + v2(30)}, {"b.sse", v2(100) + v2(250) + v2(30) + v2(60)}});
  CHECK(capture.sum() == 310);
}

TEST_CASE("a request between two streams that nobody captured is missed") {
  const MadeCapture capture({{"a.sse", v1(0, 100)}, {"b.sse", v1(150, 300)}});
  CHECK(capture.sum() == 300);
  CHECK(capture.report().findings.front().cause == "request-missing");
}

TEST_CASE("totals that lie among those of another file may be of another time") {
  const MadeCapture capture({{"a.sse", v2(100) + v2(300)}, {"b.sse", v2(200) + v2(400)}});
  CHECK(capture.report().findings.front().cause == "order-unknown");
}

TEST_CASE("numbered files whose totals fall may be of two times") {
  const MadeCapture capture({{"part_1.sse", v2(100) + v2(300)}, {"part_2.sse", v2(50)}});
  CHECK(capture.report().findings.front().cause == "order-unknown");
}

TEST_CASE("requests of one thread that are answered at once add up") {
  const std::string start =
      "data: {\"type\": \"thread_info\", \"thread_id\": \"t\", \"token_usage\": " + usage(0) +
      "}\n\n";
  const auto end = [](int total) {
    return "data: {\"type\": \"stream_complete\", \"token_usage\": " + usage(total) + "}\n\n";
  };
  const MadeCapture capture({{"a.sse", start + start + end(100) + end(250)}});
  CHECK(capture.sum() == 250);
}

}  // namespace
}  // namespace usagectl
