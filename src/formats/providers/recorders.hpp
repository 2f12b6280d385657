#pragma once

#include <array>
#include <string_view>

namespace usagectl {

/// A list of recorded requests and responses, where a recorder keeps it.
struct ExchangeList {
  std::string_view path;       ///< names with '/' between them
  bool are_responses = false;  ///< the requests stand in a list beside it
  bool hold_response = false;  ///< the answer of each stands under "response", as it was sent
  std::string_view source;
};

inline constexpr std::array kExchangeLists = {
    ExchangeList{.path = "log/entries",
                 .source = "HAR 1.2, http://www.softwareishard.com/blog/har-12-spec"},
    ExchangeList{.path = "interactions", .source = "vcrpy, go-vcr, Pact"},
    ExchangeList{.path = "http_interactions", .source = "VCR for Ruby, Betamax"},
    ExchangeList{.path = "data/pairs", .source = "https://docs.hoverfly.io"},
    ExchangeList{.path = "mappings", .source = "https://wiremock.org/docs/stubbing"},
    ExchangeList{.path = "item",
                 .source = "https://schema.postman.com/collection/json/v2.1.0/docs"},
    ExchangeList{.path = "expectations", .source = "https://www.mock-server.com"},
    ExchangeList{.path = "outputs", .source = "https://docs.mistral.ai/capabilities/batch"},
    ExchangeList{.path = "metadata/output/inlinedResponses/inlinedResponses",
                 .hold_response = true,
                 .source = "https://ai.google.dev/gemini-api/docs/batch-api"},
    ExchangeList{.path = "response/inlinedResponses/inlinedResponses",
                 .hold_response = true,
                 .source = "https://ai.google.dev/gemini-api/docs/batch-api"},
    ExchangeList{.path = "dest/inlinedResponses",
                 .hold_response = true,
                 .source = "https://github.com/googleapis/js-genai"},
    ExchangeList{.path = "dest/inlined_responses",
                 .hold_response = true,
                 .source = "https://github.com/googleapis/python-genai"},
    ExchangeList{.path = "responses", .are_responses = true, .source = "langchain-tests"},
    ExchangeList{.path = "Entries",
                 .source = "https://github.com/Azure/azure-sdk-tools/tree/main/tools/test-proxy"},
};

/// The two halves of a recorded exchange, and what stands there in a log of a proxy.
inline constexpr std::array<std::string_view, 5> kRequestNames = {"request", "Request", "when",
                                                                  "httpRequest", "req"};
inline constexpr std::array<std::string_view, 5> kResponseNames = {"response", "Response", "then",
                                                                   "httpResponse", "res"};
inline constexpr std::array<std::string_view, 6> kResponseBodyNames = {
    "response_body", "responseBody", "ResponseBody", "response_text", "responseText", "resp_body"};
inline constexpr std::array<std::string_view, 6> kStatusNames = {
    "status", "status_code", "statusCode", "StatusCode", "Status", "http_status"};

/// Where the body of a response stands.
struct BodyName {
  std::string_view name;
  bool is_base64 = false;
  bool is_always_a_body = false;  ///< also where nothing else speaks of HTTP
};
inline constexpr std::array kBodyNames = {
    BodyName{.name = "body", .is_always_a_body = true},
    BodyName{.name = "Body", .is_always_a_body = true},
    BodyName{.name = "json", .is_always_a_body = true},
    BodyName{.name = "jsonBody", .is_always_a_body = true},
    BodyName{.name = "base64Body", .is_base64 = true},
    BodyName{.name = "content"},
    BodyName{.name = "data"},
    BodyName{.name = "text"},
};
inline constexpr std::array kInnerBodyNames = {
    BodyName{.name = "string"},
    BodyName{.name = "text"},
    BodyName{.name = "json"},
    BodyName{.name = "base64_string", .is_base64 = true},
    BodyName{.name = "base64Bytes", .is_base64 = true},
    BodyName{.name = "b64", .is_base64 = true},
};
inline constexpr std::array<std::string_view, 2> kEncodedPieces = {"b64", "base64"};

/// What a log calls the event of a stream that it wrote down.
inline constexpr std::array<std::string_view, 7> kEventNames = {
    "event", "data", "chunk", "payload", "raw_event", "rawEvent", "raw"};

}  // namespace usagectl
