#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "input/json.hpp"

namespace usagectl {

/// What a recorder wrapped around a provider's answer.
struct Enclosed {
  Json body;              ///< the answer, when it is JSON in place
  std::string_view text;  ///< the answer, when it is a text to be read by itself
  std::string pointer;    ///< where it stands
};

/// Calls visit(enclosed) for each answer inside an envelope: a batch line, a recording of request
/// and response, the entries of a HAR file. False when the document is none of these.
bool each_enclosed(const Json& document, const std::function<void(const Enclosed&)>& visit);

}  // namespace usagectl
