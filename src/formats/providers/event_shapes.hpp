#pragma once

#include <string_view>

#include "formats/providers/event_kind.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// A shape that some provider gives its answers or events: what it looks like and what it is.
struct EventShape {
  EventKind kind = EventKind::unknown;
  /// The first event of a call, whatever came before.
  bool opens_call = false;
  /// Nobody's own: whoever writes down a call may write such an object.
  bool is_anybodys = false;
  /// Its "id" is that of something inside the call.
  bool has_other_id = false;
  /// For what is no call: the rule by which it is ignored.
  std::string_view rule;
};

/// The shape of an object; nothing when no provider writes such objects.
const EventShape* shape_of(const Json& body);

}  // namespace usagectl
