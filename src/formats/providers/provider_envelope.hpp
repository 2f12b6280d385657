#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// What a recorder wrapped around a provider's answer.
struct Enclosed {
  Json body;                   ///< the answer, when it is JSON in place
  std::string_view text;       ///< the answer, when it is a text to be read by itself
  std::string pointer;         ///< where it stands
  std::string_view tier = {};  ///< of service, where the envelope shows it
};

/// Calls visit(enclosed) for each answer inside an envelope: a batch line, a recording of request
/// and response, the entries of a HAR file, the requests of a Postman collection. False when the
/// document is none of these.
bool each_enclosed(const Json& document, const std::function<void(const Enclosed&)>& visit);

/// The event of a stream that a log wrapped into a row: {"time": …, "event": {…}}. Its body or its
/// text is empty when the row holds none.
Enclosed wrapped_event(const Json& row);

/// Calls visit(enclosed) for each text of a document that stands where answers stand and looks like
/// one: {"response_text": "{…}"}.
void each_answer_in_text(const Json& document, const std::function<void(const Enclosed&)>& visit);

}  // namespace usagectl
