// What stands around JSON in recordings and logs: any bytes give what is inside, within the bytes
// that were given, or nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "input/containers/aws_events.hpp"
#include "input/containers/gunzip.hpp"
#include "input/containers/http_message.hpp"
#include "input/containers/python_value.hpp"
#include "input/event_stream.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/json_sequence.hpp"
#include "input/json/pointer_positions.hpp"
#include "input/json/spelled_words.hpp"
#include "input/text_lines.hpp"

using namespace usagectl;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read_messages(std::string_view bytes) {
  if (const auto body = http_body(bytes)) require(body->size() <= bytes.size());
  if (is_httprr(bytes)) {
    each_httprr_response(bytes, [&](std::string_view response, std::size_t offset) {
      require(offset + response.size() <= bytes.size());
    });
  }
  if (looks_like_aws_events(bytes)) {
    each_aws_event(bytes, [&](std::string_view payload, std::size_t offset) {
      require(offset + payload.size() <= bytes.size());
    });
  }
  if (is_gzip(bytes)) (void)gunzipped(bytes);
}

void read_events(std::string_view bytes) {
  std::uint64_t lines = 1;
  for (const char c : bytes) lines += c == '\n' || c == '\r' ? 1 : 0;
  each_stream_event(bytes, [&](std::string_view, std::string_view data, std::uint64_t line) {
    require(line > 0 && line <= lines && data.size() <= bytes.size());
  });
  (void)looks_like_event_stream(bytes);
}

void read_sequence(std::string_view bytes) {
  std::string_view left = bytes;
  std::uint64_t line = 1;
  JsonInSequence next;
  std::uint64_t line_before = 1;
  while (next_in_sequence(left, line, next)) {
    require(next.line >= line_before && !next.text.empty());
    line_before = next.line;
  }
  (void)holds_several_objects(bytes);
}

void read_values(std::string_view bytes, JsonParser& parser) {
  std::string json;
  if (const auto size = append_python_value(bytes, json)) {
    require(*size <= bytes.size() && !json.empty());
  } else {
    require(json.empty());
  }
  static constexpr std::string_view kWords[] = {"usage", "prompt_tokens"};
  static const SpelledWords words(kWords);
  const ParsedJson parsed = parser.parse_copy(bytes);
  const bool may_stand = words.may_stand_in(bytes);
  if (!parsed.fault && parsed.root.is_object() && parsed.root["usage"].is_object())
    require(may_stand);
  std::string_view text = bytes;
  if (const auto count = take_count(text)) require(*count >= 0 && text.size() < bytes.size());
}

void find_positions(std::string_view bytes) {
  PointerPositions positions;
  positions.want(0, "/usage/prompt_tokens");
  positions.want(1, "/a/0");
  positions.want(2, "/usage");
  for (std::string_view left = bytes; !left.empty();) {
    const std::size_t size = left.size() / 2 + 1;
    if (!positions.read(left.substr(0, size))) break;
    left.remove_prefix(size);
  }
  for (const std::uint64_t line : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}}) {
    if (const auto position = positions.position(line, "/usage"))
      require(position->line > 0 && position->column > 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonParser parser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_messages(bytes);
  read_events(bytes);
  read_sequence(bytes);
  read_values(bytes, parser);
  find_positions(bytes);
  return 0;
}
