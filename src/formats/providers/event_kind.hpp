#pragma once

#include <cstdint>
#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// What one JSON object of a capture is to the call it belongs to.
enum class EventKind : std::uint8_t {
  unknown,
  response,    ///< a whole answer
  error,       ///< the provider's refusal, which has no usage
  start,       ///< opens a call and may hold a first usage (Anthropic message_start)
  delta,       ///< replaces usage key by key (Anthropic message_delta)
  chunk,       ///< a piece; its usage, where it has one, is the state so far
  step,        ///< a step of a run: its usage is a part of the run's
  turn,        ///< a turn of a session, with tokens of its own
  done_chunk,  ///< a piece that ends its call (Ollama's done: true)
  batch,       ///< the state of many calls that the provider works off by itself
  no_call,     ///< an answer about something else, with counts that nobody used
};

EventKind kind_of(const Json& body);

/// Pieces of a call need each other; whole answers do not.
bool is_piece(EventKind kind);

/// What an event says of the end of its call.
enum class Ending : std::uint8_t {
  untold,      ///< it does not say
  unfinished,  ///< it is a piece of an answer that goes on
  finished,    ///< the answer ends here
  failed,      ///< it broke off, and the provider says so
};

Ending ending_of(const Json& body, EventKind kind);

/// True when the provider says here that it has answered: usage should follow.
bool says_that_it_answered(const Json& body);

}  // namespace usagectl
