#pragma once

#include <string_view>

namespace usagectl {

/// A number that neither a 64-bit integer nor a double can hold is kept as a string with this mark
/// in front, so that the document around it stays readable and a message can show all its digits.
/// A log that spells the mark itself gains nothing: such a string is no count either way.
inline constexpr std::string_view kWideNumberMark = "\x01wide:";

}  // namespace usagectl
