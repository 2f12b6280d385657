#pragma once

#include <string_view>

#include "model/count.hpp"

namespace usagectl {

/// What was done to the digits of a number, if one such step makes the other of it.
enum class DigitsChange { none, swapped, dropped, doubled };

/// How `wrong` came to be written where `right` should stand.
DigitsChange digits_change(Count right, Count wrong);
std::string_view words_of(DigitsChange change);

/// `wrong` is what 32 bits keep of `right`, or all that they can hold.
bool is_wrapped(Count right, Count wrong);

/// Beyond 2^53, where a double holds not every whole number.
bool is_beyond_double(Count number);
bool is_double(Count number);
/// The distance between two neighbouring doubles there.
Count double_step(Count number);

}  // namespace usagectl
