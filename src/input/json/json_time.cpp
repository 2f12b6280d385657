#include "input/json/json_time.hpp"

namespace usagectl {

std::string utc_time(const Json& value) {
  if (value.is_text()) return utc_time(value.text());
  const auto number = value.is_number() ? value.real() : std::nullopt;
  return number ? utc_time_of_epoch(*number) : std::string();
}

}  // namespace usagectl
