#pragma once

#include <string>
#include <vector>

namespace usagectl {

/// Round numbers from 0 to the first that is not below `largest`, at most six of them.
std::vector<double> scale_to(double largest);

/// A round number on an axis: "1.5M", "20k", "0".
std::string short_number(double number);

}  // namespace usagectl
