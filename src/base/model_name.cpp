#include "base/model_name.hpp"

#include <utility>

namespace usagectl {
namespace {

std::string_view without_vendor(std::string_view model) {
  const std::size_t slash = model.rfind('/');
  return slash == std::string_view::npos ? model : model.substr(slash + 1);
}

/// "-2025-04-16", "-20250416", "-latest", ":free", "@20250416": not "-mini".
bool is_version(std::string_view rest) {
  if (rest.empty() || rest.starts_with(':') || rest.starts_with('@') || rest == "-latest")
    return true;
  return rest.size() > 2 && rest[0] == '-' &&
         rest.find_first_not_of("0123456789-") == std::string_view::npos;
}

}  // namespace

bool may_be_same_model(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return true;
  std::string_view shorter = without_vendor(a);
  std::string_view longer = without_vendor(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  return longer.starts_with(shorter) && is_version(longer.substr(shorter.size()));
}

}  // namespace usagectl
