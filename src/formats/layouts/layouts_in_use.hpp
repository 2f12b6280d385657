#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "formats/layouts/layout.hpp"

namespace usagectl {

/// The layouts inside the program, in the order in which they are tried.
const std::vector<Layout>& builtin_layouts();

/// The layouts of this run: the one given before reading began, and the built-in ones.
std::vector<const Layout*> layouts_in_use();
void use_layout(Layout layout);

/// The JSON texts inside the program, one per layout (generated at build time).
struct EmbeddedLayout {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedLayout kEmbeddedLayouts[];
extern const std::size_t kEmbeddedLayoutsSize;

}  // namespace usagectl
