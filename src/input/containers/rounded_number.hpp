#pragma once

#include <optional>
#include <string_view>

#include "model/count.hpp"

namespace usagectl {

/// A count that is rounded to thousands or millions, and by how much it may be off.
struct RoundedNumber {
  Count count = 0;
  Count off_by = 0;
};

/// "1.2k" is 1,200 ± 50. Nothing where the text is anything else.
std::optional<RoundedNumber> rounded_number(std::string_view text);

}  // namespace usagectl
