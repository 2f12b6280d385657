#pragma once

#include <string>
#include <vector>

#include "model/place.hpp"

namespace usagectl {

/// What was found out about a file that no format knows.
struct InferredLayout {
  FileId file = 0;
  std::vector<std::string> relations;  ///< "/summary = Σ /calls/*: holds for 5 of 5 numbers"
  std::string layout;                  ///< as a layout file says it
};

}  // namespace usagectl
