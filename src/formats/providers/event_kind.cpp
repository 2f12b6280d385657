#include "formats/providers/event_kind.hpp"

namespace usagectl {
namespace {

bool is_whole_object(std::string_view object) {
  return object == "response" || object == "response.compaction" || object == "list" ||
         object == "interaction" || object == "realtime.response";
}

EventKind kind_by_type(std::string_view type, const Json& body) {
  if (type == "message_start") return EventKind::start;
  if (type == "message_delta") return EventKind::delta;
  if (type == "message_stop" || type == "ping" || type.starts_with("content_block_"))
    return EventKind::chunk;
  if (type == "message" && body.has("role") && body.has("content")) return EventKind::response;
  if (type == "response.done") return EventKind::turn;
  if (type.starts_with("response.")) return EventKind::chunk;
  // Cohere v2: message-start, content-delta, tool-call-end, …, message-end.
  if (type == "message-start" || type == "message-end" || type.starts_with("content-") ||
      type.starts_with("tool-call-") || type.starts_with("tool-plan-") ||
      type.starts_with("citation-")) {
    return EventKind::chunk;
  }
  return EventKind::unknown;
}

}  // namespace

EventKind kind_of(const Json& body) {
  if (!body.is_object()) return EventKind::unknown;
  const std::string_view object = body["object"].text();
  const std::string_view type = body["type"].text();
  if (body["error"].is_object() && !body.has("choices") && !body.has("usage") &&
      !is_whole_object(object)) {
    return EventKind::error;
  }
  if (object == "thread.run.step") return EventKind::step;
  if (object.starts_with("thread.")) return EventKind::chunk;
  if (object == "chat.completion.chunk") return EventKind::chunk;
  if (is_whole_object(object)) return EventKind::response;
  if (const auto kind = kind_by_type(type, body); kind != EventKind::unknown) return kind;
  if (body["choices"].is_array()) {
    // Perplexity calls its chunks chat.completion too; the delta tells.
    const Json choice = body["choices"].item(0);
    if (choice.has("delta")) return EventKind::chunk;
    // A streamed completion has no delta; only its last piece has a finish_reason.
    if (object == "text_completion" && (!choice.present() || choice["finish_reason"].is_null()))
      return EventKind::chunk;
    if (choice.present() || object == "chat.completion" || object == "text_completion")
      return EventKind::response;
    return EventKind::chunk;
  }
  if (body["usageMetadata"].is_object()) {
    return body["usageMetadata"].has("responseTokenCount") ? EventKind::turn : EventKind::chunk;
  }
  if (body["candidates"].is_array() || body["promptFeedback"].is_object()) return EventKind::chunk;
  if (body["event_type"].is_text()) return EventKind::chunk;
  if (body["done"].boolean())
    return *body["done"].boolean() ? EventKind::done_chunk : EventKind::chunk;
  if (body.has("tokens_evaluated") && body.has("tokens_predicted")) return EventKind::response;
  if (body["output"].is_object() && (body.has("stopReason") || body.has("metrics")))
    return EventKind::response;
  for (const std::string_view name : {"messageStart", "contentBlockStart", "contentBlockDelta",
                                      "contentBlockStop", "messageStop"}) {
    if (body[name].is_object()) return EventKind::chunk;
  }
  if (body["metadata"]["usage"].is_object() && !body.has("usage")) return EventKind::chunk;
  if (body["usage"].is_object() && body["metrics"].has("latencyMs")) return EventKind::chunk;
  // DashScope writes blocks of a stream like whole answers; the state so far stands in each.
  if (body["usage"].is_object() || body["meta"]["tokens"].is_object() ||
      body["meta"]["billed_units"].is_object()) {
    return EventKind::response;
  }
  return EventKind::unknown;
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
    return first[key].is_text() && !first[key].text().empty() ? Ending::finished
                                                              : Ending::unfinished;
  };
  if (const auto ending = by_reason(body["candidates"], "finishReason"); ending != Ending::untold)
    return ending;
  if (kind == EventKind::chunk) {
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
