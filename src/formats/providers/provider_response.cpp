// A provider's answer as one JSON document: a response, a list of responses or of the chunks of
// one, or any of these inside an envelope.
#include "formats/providers/provider_document.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "provider.response";

bool recognises(const Json& document, const FileContext& file) {
  return is_provider_json(file.catalogue(), document);
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  ProviderCapture capture(file, kFormat, Calls::many, observations);
  const Place root{file.id, 0, {}};
  read_provider_json(document, root, file, kFormat, capture, observations);
  capture.finish();
}

}  // namespace

extern const Format format_provider_response;
const Format format_provider_response{
    .id = kFormat,
    .description =
        "a provider's response as JSON, a list of responses or chunks, a batch line, a HAR file",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
