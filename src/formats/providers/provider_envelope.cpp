#include "formats/providers/provider_envelope.hpp"

#include "base/base64.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// A text as it was sent; recorders write one that may be no text in base64.
void visit_text(std::string_view text, bool is_base64, const std::string& pointer,
                const std::function<void(const Enclosed&)>& visit) {
  const auto decoded = is_base64 ? base64_decoded(text) : std::nullopt;
  visit({{}, decoded ? std::string_view(*decoded) : text, pointer});
}

/// The body of a recorded HTTP response, under the names that recorders give it.
bool visit_response(const Json& response, const std::string& pointer,
                    const std::function<void(const Enclosed&)>& visit) {
  if (response.is_text()) {
    visit({{}, response.text(), pointer});
    return true;
  }
  for (const std::string_view name : {"body", "json", "content", "data", "text"}) {
    const Json body = response[name];
    const std::string body_pointer = pointer_to(pointer, name);
    if (body.is_text()) {
      visit_text(body.text(), response["isBase64Encoded"].boolean().value_or(false), body_pointer,
                 visit);
      return true;
    }
    // HAR, and the tape recorders of Ruby and Python, keep the text one level down.
    for (const std::string_view inner : {"string", "text", "base64_string"}) {
      if (body[inner].is_text()) {
        const bool is_base64 = inner == "base64_string" || body["encoding"].text() == "base64";
        visit_text(body[inner].text(), is_base64, pointer_to(body_pointer, inner), visit);
        return true;
      }
    }
    const bool is_http = response.has("status") || response.has("status_code") ||
                         response.has("statusCode") || response.has("headers") ||
                         response.has("request_id");
    if ((body.is_object() || body.is_array()) && (name == "body" || name == "json" || is_http)) {
      visit({body, {}, body_pointer});
      return true;
    }
  }
  if (response.is_object() || response.is_array()) {
    visit({response, {}, pointer});
    return true;
  }
  return false;
}

}  // namespace

bool each_enclosed(const Json& document, const std::function<void(const Enclosed&)>& visit) {
  if (!document.is_object()) return false;
  if (document["custom_id"].is_text()) {
    if (document["response"].is_object())
      return visit_response(document["response"], "/response", visit);
    if (document["result"]["message"].is_object()) {
      visit({document["result"]["message"], {}, "/result/message"});
      return true;
    }
    if (document["result"]["error"].is_object()) {
      visit({document["result"], {}, "/result"});
      return true;
    }
    return false;
  }
  if (document.has("request") && document.has("response"))
    return visit_response(document["response"], "/response", visit);
  if (const Json entries = document["log"]["entries"]; entries.is_array()) {
    entries.each_item([&](std::size_t index, const Json& entry) {
      visit_response(entry["response"], pointer_to(pointer_to("/log/entries", index), "response"),
                     visit);
    });
    return true;
  }
  if (const Json interactions = document["interactions"]; interactions.is_array()) {
    bool any = false;
    interactions.each_item([&](std::size_t index, const Json& entry) {
      if (entry.has("request") && entry.has("response")) {
        any = visit_response(entry["response"],
                             pointer_to(pointer_to("/interactions", index), "response"), visit) ||
              any;
      }
    });
    return any;
  }
  return false;
}

}  // namespace usagectl
