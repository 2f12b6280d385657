#include "input/event_stream.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace usagectl;

namespace {

std::vector<std::string> events_of(std::string_view text) {
  std::vector<std::string> events;
  each_stream_event(text, [&](std::string_view name, std::string_view data, std::uint64_t line) {
    events.push_back(std::string(name) + "|" + std::string(data) + "|" + std::to_string(line));
  });
  return events;
}

}  // namespace

TEST_CASE("an event stream ends its lines in LF, CRLF or CR") {
  for (const std::string_view text :
       {"event: a\ndata: 1\n\ndata: 2\n\n", "event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n",
        "event: a\rdata: 1\r\rdata: 2\r\r"}) {
    CHECK(events_of(text) == std::vector<std::string>{"a|1|2", "|2|4"});
  }
}

TEST_CASE("comments and unknown fields of an event stream are passed over") {
  CHECK(events_of(": keep-alive\n\nid: 7\nretry: 10\ndata:{}\n\n") ==
        std::vector<std::string>{"|{}|5"});
}

TEST_CASE("several data lines of one event are one text") {
  CHECK(events_of("data: {\ndata: }\n\n") == std::vector<std::string>{"|{\n}|1"});
}

TEST_CASE("the last event counts without a blank line after it") {
  CHECK(events_of("data: 1\n\ndata: 2") == std::vector<std::string>{"|1|1", "|2|3"});
}

TEST_CASE("an event stream is told by its first field") {
  CHECK(looks_like_event_stream(": OPENROUTER PROCESSING\n\ndata: {}\n"));
  CHECK(looks_like_event_stream("event: message_start\ndata: {}\n"));
  CHECK_FALSE(looks_like_event_stream("{\"data\": 1}"));
  CHECK_FALSE(looks_like_event_stream("database: 3\n"));
}
