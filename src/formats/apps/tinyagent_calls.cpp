#include "formats/apps/tinyagent_calls.hpp"

#include <algorithm>

#include "base/paths.hpp"
#include "formats/apps/tinyagent_usage.hpp"

namespace usagectl {
namespace {

bool is_assistant(const Json& message) { return message["role"].text() == "assistant"; }

/// Usage objects anywhere in an event, outside of what was said.
std::uint64_t usage_objects(const Json& value, int depth = 5) {
  std::uint64_t found = 0;
  if (depth == 0) return found;
  value.each_member([&](std::string_view key, const Json& member) {
    if (key == "usage" && member.is_object()) {
      ++found;
    } else if (key != "content") {
      found += usage_objects(member, depth - 1);
    }
  });
  value.each_item([&](std::size_t, const Json& item) { found += usage_objects(item, depth - 1); });
  return found;
}

bool same_number(const Json& a, const Json& b) {
  if (!a.is_number() || !b.is_number()) return false;
  return a.real() == b.real();
}

bool same_usage(const Json& a, const Json& b) {
  if (!a.is_object() || !b.is_object()) return false;
  const auto left = tinyagent_numbers(a);
  const auto right = tinyagent_numbers(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].reading.count != right[i].reading.count) return false;
  }
  return true;
}

}  // namespace

void TinyAgentCalls::read() {
  read_events();
  pair_all("agent_state_messages", document_["agent_state_messages"], "/agent_state_messages", 0);
  read_final_assistant();
}

void TinyAgentCalls::read_events() {
  const Json events = document_["events"];
  events.each_item([&](std::size_t index, const Json& event) {
    const std::string pointer = pointer_to("/events", index);
    const std::string_view type = event["type"].text();
    if (type == "agent_start") {
      run_start_ = calls_.size();
    } else if (type == "agent_end") {
      pair_all("agent_end", event["messages"], pointer + "/messages", run_start_);
    } else if (const Json message = event["message"]; is_assistant(message)) {
      read_message_event(type, event, {message, pointer + "/message"});
    } else {
      strays_ += usage_objects(event);
    }
  });
}

void TinyAgentCalls::read_message_event(std::string_view type, const Json& event,
                                        Sighting sighting) {
  if (type == "message_end") {
    end_call(std::move(sighting));
  } else if (type == "turn_end") {
    end_turn(std::move(sighting));
  } else {
    if (type == "message_start" || calls_.empty() || calls_.back().ended()) start_call(sighting);
    calls_.back().streamed += usage_objects(event);
  }
}

void TinyAgentCalls::start_call(const Sighting& sighting) {
  Call& call = calls_.emplace_back();
  call.timestamp = sighting.message["timestamp"];
  call.start = sighting.pointer;
}

void TinyAgentCalls::end_call(Sighting sighting) {
  if (!calls_.empty() && repeats_end(calls_.back(), sighting)) {
    calls_.back().copies.emplace_back("message_end", sighting);
    observations_.finding({.rule = Rule::duplicate,
                           .severity = Severity::warning,
                           .place = at(sighting.pointer),
                           .cause = "event-repeated",
                           .explanation = "the message ends twice: it is counted once",
                           .witnesses = {{at(calls_.back().source.pointer), {}}}});
    return;
  }
  if (calls_.empty() || calls_.back().ended()) start_call(sighting);
  settle(calls_.back(), "message_end", std::move(sighting));
}

bool TinyAgentCalls::repeats_end(const Call& call, const Sighting& sighting) {
  return call.from_message_end() && same_number(call.timestamp, sighting.message["timestamp"]) &&
         same_usage(call.source.message["usage"], sighting.message["usage"]);
}

void TinyAgentCalls::settle(Call& call, std::string_view name, Sighting sighting) {
  call.timestamp = sighting.message["timestamp"];
  call.source = std::move(sighting);
  call.source_name = name;
}

/// A turn ends with the message that the call before it gave.
void TinyAgentCalls::end_turn(Sighting sighting) {
  const bool repeats =
      !calls_.empty() && std::none_of(calls_.back().copies.begin(), calls_.back().copies.end(),
                                      [](const auto& copy) { return copy.first == "turn_end"; });
  if (!repeats) start_call(sighting);
  see(calls_.back(), "turn_end", std::move(sighting));
}

/// A message shown once it was over: the call itself when nothing else ended it, else a copy.
void TinyAgentCalls::see(Call& call, std::string_view name, Sighting sighting) {
  const bool lacks_usage = call.ended() && !call.source.message["usage"].is_object();
  if (!call.ended() || (lacks_usage && sighting.message["usage"].is_object())) {
    settle(call, name, std::move(sighting));
  } else {
    call.copies.emplace_back(name, std::move(sighting));
  }
}

/// Pairs the assistant's messages of a list with the calls from `first` on.
void TinyAgentCalls::pair_all(std::string_view name, const Json& messages,
                              const std::string& list_pointer, std::size_t first) {
  std::vector<Sighting> seen;
  messages.each_item([&](std::size_t index, const Json& message) {
    if (is_assistant(message)) {
      seen.push_back({message, pointer_to(list_pointer, index)});
    } else {
      strays_ += usage_objects(message);
    }
  });
  const std::size_t calls = calls_.size() - first;
  std::vector<bool> taken(calls, false);
  if (seen.size() == calls) {
    for (std::size_t i = 0; i < calls; ++i) see(calls_[first + i], name, std::move(seen[i]));
    return;
  }
  // One side lacks a message. Those with the same time, then those with the same numbers, belong
  // together; what is left is paired in order.
  const auto pair_by = [&](auto&& same) {
    std::size_t next = 0;
    for (Sighting& sighting : seen) {
      if (!sighting.message.present()) continue;
      for (std::size_t i = next; i < calls; ++i) {
        if (taken[i] || !same(calls_[first + i], sighting)) continue;
        taken[i] = true;
        see(calls_[first + i], name, std::move(sighting));
        sighting = {};
        next = i + 1;
        break;
      }
    }
  };
  pair_by([](const Call& call, const Sighting& s) {
    return same_number(call.timestamp, s.message["timestamp"]);
  });
  pair_by([](const Call& call, const Sighting& s) {
    return same_usage(call.source.message["usage"], s.message["usage"]);
  });
  pair_by([](const Call& call, const Sighting& s) {
    return !call.timestamp.is_number() || !s.message["timestamp"].is_number() || !call.ended();
  });
  for (Sighting& sighting : seen) {
    if (!sighting.message.present()) continue;
    start_call(sighting);
    see(calls_.back(), name, std::move(sighting));
  }
}

void TinyAgentCalls::read_final_assistant() {
  const Json message = document_["final_assistant"];
  if (!message.is_object()) return;
  Sighting sighting{message, "/final_assistant"};
  if (calls_.empty()) start_call(sighting);
  see(calls_.back(), "final_assistant", std::move(sighting));
}

}  // namespace usagectl
