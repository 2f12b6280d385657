#pragma once

#include <optional>
#include <string_view>

#include "input/json/json.hpp"
#include "model/count.hpp"

namespace usagectl {

/// The value of an attribute in a list of OTLP, [{"key", "value": {"stringValue"}}].
inline Json attribute_of(const Json& attributes, std::string_view key) {
  Json found;
  attributes.each_item([&](std::size_t, const Json& attribute) {
    if (!found.present() && attribute["key"].text() == key) found = attribute["value"];
  });
  return found;
}

inline std::string_view text_attribute(const Json& attributes, std::string_view key) {
  return attribute_of(attributes, key)["stringValue"].text();
}

/// A number of OTLP: "intValue" holds digits, and some write them as a text, or as a double.
inline CountReading number_of_otlp(const Json& value) {
  for (const std::string_view key : {"intValue", "stringValue", "doubleValue"}) {
    if (value[key].present()) return read_count_or_digits(value[key]);
  }
  return {};
}

}  // namespace usagectl
