#include "formats/layouts/builtin_layouts.hpp"
#include "formats/reading/knowledge.hpp"

namespace usagectl {

const Knowledge& builtin_knowledge() {
  static const Knowledge knowledge{std::make_shared<const Catalogue>(load_builtin_catalogue()),
                                   builtin_layouts()};
  return knowledge;
}

}  // namespace usagectl
