#include "formats/usage_places.hpp"

#include <algorithm>
#include <array>

#include "dialects/recognise.hpp"
#include "formats/utc_time.hpp"
#include "model/place.hpp"

namespace usagectl {
namespace {

/// Names from the outside in; the rest is empty.
using Path = std::array<std::string_view, 4>;

/// Where responses and events carry their usage. The first two are the order that readers of saved
/// responses agreed on; the rest is one line per provider.
constexpr std::array<Path, 17> kPlaces = {{
    {"usage"},
    {"metadata", "usage"},
    {"response", "usage"},                // Responses events
    {"message", "usage"},                 // Anthropic message_start
    {"usageMetadata"},                    // Gemini
    {"usage_metadata"},                   // Gemini, Python dumps; LangChain
    {"response", "usageMetadata"},        // Gemini CLI, batch results
    {"serverContent", "usageMetadata"},   // Gemini Live
    {"interaction", "usage"},             // Gemini Interactions
    {"delta", "usage"},                   // Cohere message-end
    {"x_groq", "usage"},                  // Groq
    {"choices", "0", "usage"},            // Moonshot
    {"output", "usage"},
    {"output", "choices", "0", "usage"},
    {"result", "usage"},
    {"result", "message", "usage"},       // Anthropic batch
    {"amazon-bedrock-invocationMetrics"},
}};

/// Looked at when the body is no usage object itself: an answer of Ollama or llama.cpp is.
constexpr std::array<Path, 5> kVaguePlaces = {{
    {"meta"},              // Cohere v1
    {"response", "meta"},  // Cohere v1 stream-end
    {"stats"},             // LM Studio
    {"result", "stats"},
    {"tokens"},            // Gemini CLI, opencode
}};

Json follow(const Json& body, Path path) {
  Json place = body;
  for (const std::string_view name : path) {
    if (name.empty()) break;
    if (name == "0") {
      Json first;
      place.each_item([&](std::size_t index, const Json& item) {
        if (index == 0) first = item;
      });
      place = first;
    } else {
      place = place[name];
    }
    if (!place.present()) return {};
  }
  return place;
}

bool is_usage(const Catalogue& catalogue, const UsageValues& values) {
  if (!has_usage_keys(catalogue, values)) return false;
  for (const auto& slot : values.slots()) {
    if (slot.count) return true;
  }
  return false;
}

/// Every known key of it is a number: prompts and answers may stand under "input" and "output".
bool is_surely_usage(const Catalogue& catalogue, const UsageValues& values) {
  if (!has_usage_keys(catalogue, values)) return false;
  for (const auto& slot : values.slots()) {
    if (!slot.count) return false;
  }
  return true;
}

void describe(const Catalogue& catalogue, const Json& object, Surroundings& about) {
  object.each_member([&](std::string_view name, const Json& value) {
    if (value.is_null()) return;
    about.known = true;
    if (const auto sibling = catalogue.sibling(name)) about.siblings.set(*sibling);
    const auto take = [&](std::string& place) {
      if (place.empty() && value.is_text()) place = value.text();
    };
    if (name == "object") take(about.object);
    else if (name == "type") take(about.type);
    else if (name == "id" || name == "responseId" || name == "response_id" || name == "request_id") take(about.id);
    else if (name == "model" || name == "modelVersion" || name == "model_version") take(about.model);
    else if (name == "created" || name == "created_at" || name == "createTime" || name == "timestamp" || name == "time" ||
             name == "ts" || name == "at" || name == "start_time" || name == "startTime") {
      if (about.time.empty()) about.time = utc_time(value);
    }
  });
}

void search(const Catalogue& catalogue, const Json& value, const Json& around, const std::string& pointer,
            std::vector<FoundUsage>& found) {
  if (value.is_object()) {
    // The sum of a client session, whatever file it got into: not the usage of a call.
    const bool is_session_sum = value.has("per_request_details") || (value.has("requests") && value.has("completions"));
    UsageValues values(catalogue, value);
    if (!is_session_sum && is_surely_usage(catalogue, values)) {
      FoundUsage& usage = found.emplace_back(FoundUsage{std::move(values), pointer, {}});
      if (!around.present()) return;
      describe(catalogue, value, usage.about);
      describe(catalogue, around, usage.about);
      return;
    }
    value.each_member([&](std::string_view name, const Json& member) {
      if (member.is_object() || member.is_array()) search(catalogue, member, value, pointer_to(pointer, name), found);
    });
  } else {
    value.each_item([&](std::size_t index, const Json& item) {
      if (item.is_object() || item.is_array()) search(catalogue, item, around, pointer_to(pointer, index), found);
    });
  }
}

void take_parts(const Catalogue& catalogue, const Json& body, UsagePlaces& places) {
  const auto count = [&](const Json& value, std::string_view rule) {
    if (!value.is_object() && !value.is_array()) return;
    std::vector<FoundUsage> inside;
    search(catalogue, value, {}, {}, inside);
    if (!inside.empty()) places.parts.emplace_back(rule, inside.size());
  };
  for (const std::string_view holder : {"", "response", "message"}) {
    const Json response = holder.empty() ? body : body[holder];
    if (!response.is_object()) continue;
    count(response["usage"]["iterations"], "iteration of a counted call");
    count(response["usage"]["raw"], "raw form of a counted usage");
    count(response["tool_usage"], "tool usage of a counted call");
    count(response["usage_breakdown"], "part of a counted usage");
  }
}

}  // namespace

void Surroundings::complete_with(const Surroundings& other) {
  const auto take = [](std::string& mine, const std::string& theirs) {
    if (mine.empty()) mine = theirs;
  };
  take(object, other.object);
  take(type, other.type);
  take(id, other.id);
  take(model, other.model);
  take(time, other.time);
  siblings |= other.siblings;
  known = known || other.known;
}

UsagePlaces find_usage(const Catalogue& catalogue, const Json& body) {
  UsagePlaces places;
  const bool is_delta = body["type"].text() == "message_delta";
  const auto look = [&](const Path& path) {
    const Json place = follow(body, path);
    if (!place.is_object()) return;
    UsageValues values(catalogue, place);
    // An old message_delta tells its output alone, which no vocabulary allows elsewhere.
    if (!is_usage(catalogue, values) && !(is_delta && !values.slots().empty())) {
      places.unknown_vocabulary = places.unknown_vocabulary || (path == kPlaces.front() && !values.slots().empty());
      return;
    }
    std::string pointer;
    for (const std::string_view name : path) {
      if (!name.empty()) append_pointer(pointer, name);
    }
    places.found.push_back({std::move(values), std::move(pointer), {}});
  };
  for (const Path& path : kPlaces) look(path);
  if (places.found.empty()) {
    UsageValues values(catalogue, body);
    if (is_surely_usage(catalogue, values)) places.found.push_back({std::move(values), {}, {}});
  }
  if (places.found.empty()) {
    for (const Path& path : kVaguePlaces) look(path);
  }
  if (!places.found.empty()) take_parts(catalogue, body, places);
  return places;
}

std::vector<FoundUsage> search_usage(const Catalogue& catalogue, const Json& body) {
  std::vector<FoundUsage> found;
  search(catalogue, body, {}, {}, found);
  return found;
}

bool is_countable(const Catalogue& catalogue, const std::vector<FoundUsage>& found) {
  if (found.size() < 2) return found.size() == 1;
  return std::all_of(found.begin(), found.end(), [&](const FoundUsage& usage) {
    const auto candidates = recognise(catalogue, usage.values, usage.about.envelope(usage.pointer));
    return candidates.size() == 1 && catalogue.dialects()[candidates.front()].role == Role::aggregate;
  });
}

Surroundings surroundings_of(const Catalogue& catalogue, const Json& body) {
  Surroundings about;
  // The response inside an event knows more about the call than the event around it.
  for (const std::string_view name : {"response", "message", "interaction"}) {
    const Json inner = body[name];
    if (inner.is_object()) describe(catalogue, inner, about);
  }
  describe(catalogue, body, about);
  return about;
}

}  // namespace usagectl
