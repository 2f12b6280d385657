#pragma once

#include <string_view>

#include "formats/providers/provider_capture.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Whether all usage of a document stands in one list, whose items carry it as answers do: each of
/// them is a call, whatever its usage lists of itself.
bool is_list_of_answers(const Catalogue& catalogue, const Json& document);

/// True when a JSON value is a provider's answer, an event of one, or an envelope around them.
bool is_provider_json(const Catalogue& catalogue, const Json& value);

/// Reads one JSON value of a capture: an answer, an event, a list of them, or an envelope.
void read_provider_json(const Json& value, const Place& place, const FileContext& file,
                        std::string_view format, ProviderCapture& capture,
                        Observations& observations);

/// Whether a row of names, numbers and texts is no answer, event or envelope of a provider, as far
/// as its names and the kinds of its values decide; then it can only be a usage object itself.
bool may_be_plain_row(const Json& row);

/// Whether a document is a page of a provider's own objects: {"object": "list", "data": […]}.
bool is_page_of_provider(const Json& document);

/// Whether a row of a log holds an event of a provider's stream: {"time": …, "event": {…}}.
bool is_event_row(const Json& row);

/// Reads the text of an answer: JSON, JSON lines or an event stream, as text or as AWS sends it.
void read_provider_text(std::string_view text, const Place& place, const FileContext& file,
                        std::string_view format, Observations& observations);

/// Reads an event stream into a capture. An end mark ends a call.
void read_event_stream(std::string_view text, const Place& place, JsonParser& parser,
                       ProviderCapture& capture, Observations& observations);

/// Reads the events of an AWS stream into a capture; those of Bedrock hold events of a model.
void read_aws_events(std::string_view bytes, const Place& place, JsonParser& parser,
                     ProviderCapture& capture, Observations& observations);

}  // namespace usagectl
