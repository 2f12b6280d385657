// HTTP responses as they were written down: curl -i, or a trace of httprr.
#include <algorithm>

#include "formats/providers/provider_document.hpp"
#include "formats/providers/recorded_text.hpp"
#include "formats/reading/format.hpp"
#include "input/containers/http_message.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "provider.http";

bool recognises(std::string_view text, const FileContext&) {
  return is_httprr(text) || text.starts_with("HTTP/");
}

/// Whether the end of a body cuts off JSON that was too short to show an answer.
bool ends_inside_json(std::string_view body, JsonParser& parser) {
  const bool begins_as_json = body.starts_with('{') || body.starts_with('[');
  if (!begins_as_json || may_be_an_answer(body)) return false;
  const ParsedJson parsed = parser.parse_copy(body);
  return parsed.fault && parsed.fault->unfinished;
}

void read(std::string_view text, const FileContext& file, JsonParser& parser,
          Observations& observations) {
  const auto read_response = [&](std::string_view response, std::size_t offset) {
    const auto lines_before = std::count(text.begin(), text.begin() + std::ptrdiff_t(offset), '\n');
    const Place place{file.id, static_cast<std::uint64_t>(lines_before) + 1, {}};
    const auto body = http_body(response);
    if (!body) {
      observations.unreadable(place, {"is not an HTTP response", {}, {}});
      return;
    }
    const std::string sent = text_as_sent(*body, false);
    const bool is_cut_json = ends_inside_json(sent, parser);
    if (is_cut_json || !is_whole_response(response))
      observations.unreadable(place, {"the response is cut", {}, {}});
    if (!is_cut_json) read_provider_text(sent, place, file, kFormat, observations);
  };
  if (!is_httprr(text)) {
    read_response(text, 0);
  } else if (!each_httprr_response(text, read_response)) {
    observations.unreadable({file.id, 0, {}}, {"the trace ends inside an exchange", {}, {}});
  }
}

}  // namespace

extern const Format format_provider_http;
const Format format_provider_http{
    .id = kFormat,
    .description = "recorded HTTP responses of a provider: curl -i, or a trace of httprr",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
