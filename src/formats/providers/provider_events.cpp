// Answers of providers as they were streamed: server-sent events, or events of AWS.
#include "formats/providers/provider_document.hpp"
#include "formats/reading/format.hpp"
#include "input/containers/aws_events.hpp"
#include "input/event_stream.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "provider.events";

bool recognises(std::string_view text, const FileContext&) {
  if (looks_like_aws_events(text)) return true;
  if (!looks_like_event_stream(text)) return false;
  // Others stream events too; one of the first that holds JSON must be a provider's.
  JsonParser parser;
  int looked_at = 0;
  bool known = false;
  std::string_view rest = text.substr(0, std::size_t(1) << 20);
  each_stream_event(rest, [&](std::string_view, std::string_view data, std::uint64_t) {
    if (known || looked_at >= 8 || !data.starts_with('{')) return;
    ++looked_at;
    const ParsedJson parsed = parser.parse_copy(data);
    known = !parsed.fault && kind_of(parsed.root) != EventKind::unknown;
  });
  return known;
}

void read(std::string_view text, const FileContext& file, JsonParser& parser,
          Observations& observations) {
  ProviderCapture capture(file, kFormat, Calls::one, observations);
  const auto read_events = looks_like_aws_events(text) ? read_aws_events : read_event_stream;
  read_events(text, {file.id, 0, {}}, parser, capture, observations);
  capture.finish();
}

}  // namespace

extern const Format format_provider_events;
const Format format_provider_events{
    .id = kFormat,
    .description = "responses of a provider as a stream of server-sent events or of events of AWS",
    .open_text = open_text<recognises, read>,
};

}  // namespace usagectl
