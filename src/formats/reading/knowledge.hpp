#pragma once

#include <memory>
#include <vector>

#include "dialects/catalogue.hpp"

namespace usagectl {

struct Format;

/// What readers know of other people's files: made once for a run and handed down to all readers.
/// Must outlive what they return.
struct Knowledge {
  std::shared_ptr<const Catalogue> catalogue;  ///< of dialects; never null
  /// Every format, in the order in which they are tried: layouts first, then those in code.
  std::vector<std::shared_ptr<const Format>> formats;
};

/// What is inside the program, and nothing that a person gave.
const Knowledge& builtin_knowledge();

}  // namespace usagectl
