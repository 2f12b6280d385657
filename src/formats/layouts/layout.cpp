#include "formats/layouts/layout.hpp"

namespace usagectl {

std::string ValueSource::text() const {
  if (star > 0) return "*" + std::to_string(star);
  if (!earlier.empty()) return "@" + earlier;
  std::string text;
  for (std::size_t i = 0; i < outward; ++i) text += "../";
  const std::string pointer = path.text();
  if (pointer.empty()) return text.empty() ? text : text.substr(0, text.size() - 1);
  return text + pointer.substr(1);
}

const std::vector<std::string_view>& scope_names() {
  static const std::vector<std::string_view> names = {"provider", "session", "thread", "run",
                                                      "phase",    "entity",  "kind",   "part",
                                                      "project",  "key",     "tier"};
  return names;
}

}  // namespace usagectl
