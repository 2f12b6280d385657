#include "formats/known_layout.hpp"
#include "formats/layouts/builtin_layouts.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/knowledge.hpp"

namespace usagectl {
namespace {

Knowledge make_knowledge() {
  Knowledge knowledge;
  knowledge.catalogue = std::make_shared<const Catalogue>(load_builtin_catalogue());
  for (const auto& layout : builtin_layouts()) knowledge.formats.push_back(format_of(layout));
  for (const Format* format : code_formats())
    knowledge.formats.push_back(std::shared_ptr<const Format>(std::shared_ptr<void>(), format));
  return knowledge;
}

}  // namespace

const Knowledge& builtin_knowledge() {
  // Never destroyed: thousands of small objects that the end of the program gives back at once.
  static const Knowledge& knowledge = *new Knowledge(make_knowledge());
  return knowledge;
}

}  // namespace usagectl
