#pragma once

#include <string>

#include "model/money.hpp"

namespace usagectl {

/// As shown in tables: "1,234.5", rounded to six digits behind the point, or to three digits where
/// the amount is smaller than those can show. Reports for machines have all digits.
std::string money_text(const Money& money);

/// "+0.25": which way it goes.
std::string money_difference_text(const Money& difference);

}  // namespace usagectl
