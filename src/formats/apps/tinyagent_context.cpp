// What tinyAgent sends to a provider, dumped to see whether caching is asked for:
//
//   {"provider", "model", "simple_stream_options_fields", "python_context_messages": [M], …}
//
// Nothing was called, so the usage of its placeholder messages counts nowhere.
#include <algorithm>

#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

bool recognises(const Json& document, const FileContext&) {
  return document["python_context_messages"].is_array() && document["model"].is_text();
}

void read(const Json& document, const FileContext&, Observations& observations) {
  std::uint64_t placeholders = 0;
  document["python_context_messages"].each_item([&](std::size_t, const Json& message) {
    if (message["usage"].is_object()) ++placeholders;
  });
  observations.ignored("request dump: messages sent, not answered",
                       std::max<std::uint64_t>(placeholders, 1));
}

}  // namespace

extern const Format format_tinyagent_context;
const Format format_tinyagent_context{
    .id = "tinyagent.context",
    .description = "request dumps of tinyAgent (read, not counted: nothing was called)",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
