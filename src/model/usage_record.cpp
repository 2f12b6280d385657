#include "model/usage_record.hpp"

namespace usagectl {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::request: return "request";
    case Role::aggregate: return "aggregate";
    case Role::cumulative: return "cumulative";
    case Role::copy: return "copy";
  }
  return "request";
}

const std::string* scope_value(const UsageRecord& record, std::string_view key) {
  for (const auto& [name, value] : record.scope) {
    if (name == key) return &value;
  }
  return nullptr;
}

}  // namespace usagectl
