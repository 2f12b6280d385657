#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "formats/layouts/layout.hpp"

namespace usagectl {

/// The layouts inside the program, in the order in which they are tried.
std::vector<std::shared_ptr<const Layout>> builtin_layouts();

/// The JSON texts inside the program, one per layout (generated at build time).
struct EmbeddedLayout {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedLayout kEmbeddedLayouts[];
extern const std::size_t kEmbeddedLayoutsSize;

}  // namespace usagectl
