#pragma once

#include <memory>
#include <vector>

#include "base/kept_names.hpp"
#include "dialects/catalogue.hpp"

namespace usagectl {

struct Format;

/// What readers know of other people's files: made once for a run and handed down to all readers.
/// Must outlive what they return.
struct Knowledge {
  std::shared_ptr<const Catalogue> catalogue;  ///< of dialects; never null
  /// Every format, in the order in which they are tried: layouts first, then those in code.
  std::vector<std::shared_ptr<const Format>> formats;
  /// The names in what partial files keep, which may be of formats that are not known here.
  std::shared_ptr<KeptNames> names = std::make_shared<KeptNames>();
};

/// What is inside the program, and nothing that a person gave.
const Knowledge& builtin_knowledge();

}  // namespace usagectl
