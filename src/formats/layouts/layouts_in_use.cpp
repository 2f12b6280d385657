#include "formats/layouts/layouts_in_use.hpp"

#include <optional>
#include <utility>

#include "formats/layouts/layout_text.hpp"

namespace usagectl {
namespace {

std::optional<Layout>& given_layout() {
  static std::optional<Layout> layout;
  return layout;
}

}  // namespace

const std::vector<Layout>& builtin_layouts() {
  static const std::vector<Layout> layouts = [] {
    std::vector<Layout> all;
    for (std::size_t i = 0; i < kEmbeddedLayoutsSize; ++i)
      all.push_back(parse_layout(kEmbeddedLayouts[i].json, kEmbeddedLayouts[i].file));
    return all;
  }();
  return layouts;
}

std::vector<const Layout*> layouts_in_use() {
  std::vector<const Layout*> layouts;
  if (given_layout()) layouts.push_back(&*given_layout());
  for (const Layout& layout : builtin_layouts()) layouts.push_back(&layout);
  return layouts;
}

void use_layout(Layout layout) { given_layout().emplace(std::move(layout)); }

}  // namespace usagectl
