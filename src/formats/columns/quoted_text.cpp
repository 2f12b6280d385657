#include "formats/columns/quoted_text.hpp"

#include <nlohmann/json.hpp>

namespace usagectl {

std::string quoted_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace usagectl
