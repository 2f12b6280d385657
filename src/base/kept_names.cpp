#include "base/kept_names.hpp"

namespace usagectl {

std::string_view KeptNames::keep(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  const auto known = names_.find(name);
  return known != names_.end() ? *known : *names_.emplace(name).first;
}

}  // namespace usagectl
