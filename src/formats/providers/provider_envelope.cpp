#include "formats/providers/provider_envelope.hpp"

#include <algorithm>
#include <array>

#include "dialects/service_tier.hpp"
#include "dialects/usage_words.hpp"
#include "formats/providers/event_kind.hpp"
#include "formats/providers/event_shapes.hpp"
#include "formats/providers/recorded_text.hpp"
#include "formats/providers/recorders.hpp"
#include "input/event_stream.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

using Visit = std::function<void(const Enclosed&)>;

/// The first member with one of these names, and its name.
struct Named {
  std::string_view name;
  Json value;
};

template <typename Names>
Named first_of(const Json& object, const Names& names) {
  for (const std::string_view name : names) {
    if (const Json value = object[name]; value.present()) return {name, value};
  }
  return {};
}

/// A text as it was sent; recorders write one that may be no text in base64.
void visit_text(std::string_view text, bool is_base64, const std::string& pointer,
                const Visit& visit) {
  const std::string decoded = text_as_sent(text, is_base64);
  visit({{}, decoded, pointer});
}

/// Texts that follow each other in a list: the pieces of one body.
bool visit_pieces(const Json& list, const std::string& pointer, const Visit& visit) {
  std::string text;
  bool all = list.size() > 0;
  list.each_item([&](std::size_t, const Json& item) {
    const Named encoded = first_of(item, kEncodedPieces);
    if (item.is_text()) {
      text += item.text();
    } else if (encoded.value.is_text()) {
      text += text_as_sent(encoded.value.text(), true);
    } else {
      all = false;
    }
  });
  if (all) visit_text(text, false, pointer, visit);
  return all;
}

/// An answer as it was sent, and not what HTTP puts around one: its own members may be called
/// "status", "text" and "content".
bool is_answer_itself(const Json& response) {
  if (response["usage"].is_object() || response["usageMetadata"].is_object()) return true;
  const EventShape* const shape = shape_of(response);
  return shape != nullptr && !shape->is_anybodys;
}

bool is_of_http(const Json& response) {
  return first_of(response, kStatusNames).value.present() || response.has("headers") ||
         response.has("request_id");
}

bool holds_answer(const Json& value, int depth = 0) {
  constexpr int kDeepest = 4;
  constexpr std::size_t kFirstItems = 64;
  if (value.is_text()) return may_be_an_answer(value.text());
  if (depth > kDeepest) return false;
  bool any = value.is_object() && is_answer_itself(value);
  value.each_member(
      [&](std::string_view, const Json& member) { any = any || holds_answer(member, depth + 1); });
  value.each_item([&](std::size_t index, const Json& item) {
    any = any || (index < kFirstItems && holds_answer(item, depth + 1));
  });
  return any;
}

/// A row that has its counts beside what was asked and answered, as logs do: the answer in it is
/// what was said.
bool counts_beside_its_answer(const Json& row) {
  const Named response = first_of(row, kResponseNames);
  bool has_counts = false;
  row.each_member([&](std::string_view name, const Json& value) {
    if (has_counts || names_no_usage(name)) return;
    const auto counter = value.is_number() ? counter_named(name) : std::nullopt;
    has_counts = (value.is_object() && speaks_of_tokens(name)) || (counter && counter->says_tokens);
  });
  return has_counts && response.value.present() && !holds_answer(response.value);
}

/// What somebody kept of an answer: its text, and counts under a name of his own beside it.
bool keeps_text_and_counts(const Json& response) {
  if (!response.is_object() || is_of_http(response) || is_answer_itself(response)) return false;
  const bool has_text =
      std::any_of(kBodyNames.begin(), kBodyNames.end(), [&](const BodyName& name) {
        const std::string_view text = response[name.name].text();
        return !text.empty() && !may_be_an_answer(text);
      });
  bool has_counts = false;
  response.each_member([&](std::string_view name, const Json& value) {
    has_counts =
        has_counts || (value.is_object() && speaks_of_tokens(name) && !names_no_usage(name));
  });
  return has_text && has_counts;
}

/// The body of a recorded HTTP response, under the names that recorders give it.
bool visit_response(const Json& response, const std::string& pointer, const Visit& visit) {
  if (response.is_text()) {
    visit_text(response.text(), false, pointer, visit);
    return true;
  }
  if (response.is_array() && visit_pieces(response, pointer, visit)) return true;
  if (is_answer_itself(response)) {
    visit({response, {}, pointer});
    return true;
  }
  const bool is_http = is_of_http(response);
  for (const BodyName& body_name : kBodyNames) {
    const Json body = response[body_name.name];
    const std::string body_pointer = pointer_to(pointer, body_name.name);
    if (body.is_text()) {
      const bool is_base64 =
          body_name.is_base64 || response["isBase64Encoded"].boolean().value_or(false);
      visit_text(body.text(), is_base64, body_pointer, visit);
      return true;
    }
    // HAR, and the tape recorders of Ruby and Python, keep the text one level down.
    for (const BodyName& inner : kInnerBodyNames) {
      if (body[inner.name].is_text()) {
        const bool is_base64 = inner.is_base64 || body["encoding"].text() == "base64";
        visit_text(body[inner.name].text(), is_base64, pointer_to(body_pointer, inner.name), visit);
        return true;
      }
      if (body["type"].text() == "JSON" && body[inner.name].is_object()) {
        visit({body[inner.name], {}, pointer_to(body_pointer, inner.name)});
        return true;
      }
    }
    const bool is_body_by_name = body_name.is_always_a_body;
    if ((body.is_object() || body.is_array()) && (is_body_by_name || is_http)) {
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

/// A request and what was answered to it, or what a proxy wrote down of both.
bool visit_exchange(const Json& exchange, const std::string& pointer, const Visit& visit) {
  if (!exchange.is_object()) return false;
  const Named response = first_of(exchange, kResponseNames);
  const bool has_request = first_of(exchange, kRequestNames).value.present();
  const bool has_status = first_of(exchange, kStatusNames).value.present();
  if (exchange["chunks"].item(0)["b64"].is_text())
    return visit_pieces(exchange["chunks"], pointer_to(pointer, "chunks"), visit);
  if (response.value.present() && (has_request || exchange.has("scope"))) {
    if (keeps_text_and_counts(response.value)) return false;
    const std::string at = pointer_to(pointer, response.name);
    // Postman keeps several examples of one request.
    if (exchange.has("name") && response.value.item(0).is_object()) {
      response.value.each_item([&](std::size_t index, const Json& example) {
        visit_response(example, pointer_to(at, index), visit);
      });
      return true;
    }
    return visit_response(response.value, at, visit);
  }
  const Named body = first_of(exchange, kResponseBodyNames);
  if (body.value.present() && (has_status || exchange.has("url")))
    return visit_response(body.value, pointer_to(pointer, body.name), visit);
  return false;
}

bool visit_batch_line(const Json& line, const std::string& pointer, const Visit& visit_answer) {
  // OpenAI's answers in a batch don't say that they are of one.
  const Visit visit = [&](Enclosed inside) {
    inside.tier = kBatchTier;
    visit_answer(inside);
  };
  if (line["response"].is_object())
    return visit_response(line["response"], pointer_to(pointer, "response"), visit);
  if (line["result"]["message"].is_object()) {
    visit({line["result"]["message"], {}, pointer + "/result/message"});
    return true;
  }
  if (line["result"]["error"].is_object()) {
    visit({line["result"], {}, pointer_to(pointer, "result")});
    return true;
  }
  return false;
}

bool visit_exchanges(const Json& list, const ExchangeList& kind, const std::string& pointer,
                     const Visit& visit) {
  bool any = false;
  list.each_item([&](std::size_t index, const Json& item) {
    const std::string at = pointer_to(pointer, index);
    if (kind.are_responses) {
      any = (item.has("body") && visit_response(item, at, visit)) || any;
    } else if (kind.hold_response) {
      if (!item["response"].is_object()) return;
      visit({item["response"], {}, pointer_to(at, "response")});
      any = true;
    } else if (item["custom_id"].is_text()) {
      any = visit_batch_line(item, at, visit) || any;
    } else {
      any = visit_exchange(item, at, visit) ||
            visit_exchanges(item["item"], kind, pointer_to(at, "item"), visit) || any;
    }
  });
  return any;
}

Json at_path(const Json& document, std::string_view path, std::string& pointer) {
  Json value = document;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    value = value[path.substr(0, end)];
    append_pointer(pointer, path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return value;
}

void search_texts(const Json& value, std::string_view name, const std::string& pointer, int depth,
                  const Visit& visit) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest) return;
  if (value.is_text()) {
    if (may_name_an_answer(name) && may_be_an_answer(value.text()))
      visit({{}, value.text(), pointer});
    return;
  }
  value.each_member([&](std::string_view key, const Json& member) {
    if (is_said_in_a_call(key)) return;
    search_texts(member, key, pointer_to(pointer, key), depth + 1, visit);
  });
  // The pieces of a stream are one answer.
  if (may_name_an_answer(name) && looks_like_event_stream(value.item(0).text()) &&
      visit_pieces(value, pointer, visit))
    return;
  value.each_item([&](std::size_t index, const Json& item) {
    search_texts(item, name, pointer_to(pointer, index), depth + 1, visit);
  });
}

}  // namespace

bool each_enclosed(const Json& document, const Visit& visit) {
  if (!document.is_object() || counts_beside_its_answer(document)) return false;
  if (document["custom_id"].is_text()) return visit_batch_line(document, {}, visit);
  for (const ExchangeList& list : kExchangeLists) {
    std::string pointer;
    const Json exchanges = at_path(document, list.path, pointer);
    if (exchanges.is_array() && visit_exchanges(exchanges, list, pointer, visit)) return true;
  }
  return visit_exchange(document, {}, visit);
}

Enclosed wrapped_event(const Json& row) {
  if (!row.is_object()) return {};
  for (const std::string_view name : kEventNames) {
    const Json inside = row[name];
    if (inside.is_object() && is_piece(kind_of(inside))) return {inside, {}, pointer_to({}, name)};
    const Json bytes = inside["bytes"];
    if (bytes.is_text()) return {{}, bytes.text(), pointer_to({}, name) + "/bytes"};
    if (inside.is_text() && inside.text().starts_with('{'))
      return {{}, inside.text(), pointer_to({}, name)};
  }
  return {};
}

void each_answer_in_text(const Json& document, const Visit& visit) {
  search_texts(document, {}, {}, 0, visit);
}

}  // namespace usagectl
