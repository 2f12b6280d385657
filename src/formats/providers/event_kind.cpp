#include "formats/providers/event_kind.hpp"

#include "formats/providers/event_shapes.hpp"

namespace usagectl {
EventKind kind_of(const Json& body) {
  const EventShape* shape = shape_of(body);
  return shape == nullptr ? EventKind::unknown : shape->kind;
}

bool is_piece(EventKind kind) {
  switch (kind) {
    case EventKind::start:
    case EventKind::delta:
    case EventKind::chunk:
    case EventKind::step:
    case EventKind::turn:
    case EventKind::done_chunk: return true;
    case EventKind::unknown:
    case EventKind::response:
    case EventKind::error:
    case EventKind::batch:
    case EventKind::no_call: return false;
  }
  return false;
}

Ending ending_of(const Json& body, EventKind kind) {
  const std::string_view type = body["type"].text();
  if (type == "response.failed" || body["status"].text() == "failed") return Ending::failed;
  if (type == "response.completed" || type == "response.incomplete" || type == "message_stop")
    return Ending::finished;
  if (body["promptFeedback"].has("blockReason")) return Ending::finished;
  const auto by_reason = [](const Json& list, std::string_view key) {
    const Json first = list.item(0);
    if (!first.present()) return Ending::untold;
    const bool is_told = first[key].is_number() || !first[key].text().empty();
    return is_told ? Ending::finished : Ending::unfinished;
  };
  if (kind == EventKind::chunk) {
    if (const auto ending = by_reason(body["candidates"], "finishReason"); ending != Ending::untold)
      return ending;
    if (const auto ending = by_reason(body["choices"], "finish_reason"); ending != Ending::untold)
      return ending;
  }
  // A chunk of usage without a choice is the last one; Azure begins with one without usage.
  if (body["choices"].is_array() && body["usage"].is_object()) return Ending::finished;
  // DashScope writes the text "null" until the answer ends.
  const Json reason = body["output"]["finish_reason"];
  if (reason.is_text()) return reason.text() == "null" ? Ending::unfinished : Ending::finished;
  return Ending::untold;
}

bool says_that_it_answered(const Json& body) {
  if (body.has("output") || body.has("message") || body.has("content") || body.has("text"))
    return true;
  if (body["messageStart"].is_object() || body["contentBlockDelta"].is_object()) return true;
  for (const std::string_view list : {"choices", "candidates"}) {
    const Json first = body[list].item(0);
    if (first.has("message") || first.has("delta") || first.has("content") || first.has("text"))
      return true;
  }
  return body["delta"].present() || body["response"].is_object();
}

}  // namespace usagectl
