#pragma once

#include <memory>
#include <vector>

#include "dialects/catalogue.hpp"

namespace usagectl {

struct Layout;

/// What readers know of other people's files: made once for a run and handed down to all readers.
/// Must outlive what they return.
struct Knowledge {
  std::shared_ptr<const Catalogue> catalogue;          ///< of dialects; never null
  std::vector<std::shared_ptr<const Layout>> layouts;  ///< in the order in which they are tried
};

/// What is inside the program, and nothing that a person gave.
const Knowledge& builtin_knowledge();

}  // namespace usagectl
