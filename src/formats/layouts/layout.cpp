#include "formats/layouts/layout.hpp"

namespace usagectl {

std::string ValueSource::text() const {
  if (star > 0) return "*" + std::to_string(star);
  std::string text;
  for (std::size_t i = 0; i < outward; ++i) text += "../";
  const std::string pointer = path.text();
  return text + (pointer.empty() ? pointer : pointer.substr(1));
}

const std::vector<std::string_view>& scope_names() {
  static const std::vector<std::string_view> names = {"provider", "session", "thread", "run",
                                                      "phase",    "entity",  "kind",   "part"};
  return names;
}

}  // namespace usagectl
