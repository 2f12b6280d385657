// A provider's answer with one JSON value a line: the chunks of one call, or a response a line.
#include <fmt/format.h>

#include "formats/format.hpp"
#include "formats/provider_document.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "provider.lines";

template <typename Visit>
void each_json_line(std::string_view text, Visit&& visit) {
  std::uint64_t number = 0;
  bool going = true;
  while (going && !text.empty()) {
    ++number;
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (!line.empty()) going = visit(number, line);
  }
}

bool recognises(std::string_view text, const FileContext&) {
  JsonParser parser;
  int looked_at = 0;
  bool known = false;
  each_json_line(text, [&](std::uint64_t, std::string_view line) {
    ++looked_at;
    const bool whole = line.starts_with('{') && line.ends_with('}');
    const ParsedJson parsed = whole ? parser.parse_copy(line) : ParsedJson{};
    const bool sound = whole && !parsed.fault;
    // A document over several lines does not begin with a whole object; a line further down may be cut.
    if (looked_at == 1 && !sound) return false;
    known = known || (sound && is_provider_json(parsed.root));
    return looked_at < 4;
  });
  // One line alone is a JSON document.
  return known && looked_at > 1;
}

void read(std::string_view text, const FileContext& file, JsonParser& parser, Sink& sink) {
  ProviderCapture capture(file, kFormat, Calls::many, sink);
  each_json_line(text, [&](std::uint64_t number, std::string_view line) {
    const Place place{file.id, number, {}};
    const ParsedJson parsed = parser.parse_copy(line);
    if (parsed.fault) {
      sink.unreadable(place, {fmt::format("is not JSON: {}", parsed.fault->what), parsed.fault->column, {}});
    } else {
      read_provider_json(parsed.root, place, file, kFormat, capture, sink);
    }
    return true;
  });
  capture.finish();
}

}  // namespace

extern const Format format_provider_lines;
const Format format_provider_lines{
    .id = kFormat,
    .description = "a provider's responses, or the chunks of one, with one JSON value a line",
    .recognises_text = recognises,
    .read_text = read,
};

}  // namespace usagectl
