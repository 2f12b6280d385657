#include "formats/layouts/builtin_layouts.hpp"

#include "formats/layouts/layout_parser.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {

std::vector<std::shared_ptr<const Layout>> builtin_layouts() {
  std::vector<std::shared_ptr<const Layout>> layouts;
  layouts.reserve(kEmbeddedLayoutsSize);
  JsonParser parser;
  for (std::size_t i = 0; i < kEmbeddedLayoutsSize; ++i) {
    const EmbeddedLayout& text = kEmbeddedLayouts[i];
    layouts.push_back(
        std::make_shared<const Layout>(parse_layout(text.json, text.file, true, parser)));
  }
  return layouts;
}

}  // namespace usagectl
