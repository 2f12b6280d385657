#include "render/parts/counts_json.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace usagectl {

using nlohmann::ordered_json;

ordered_json count_json(const std::optional<Count>& count) {
  return count ? ordered_json(*count) : ordered_json(nullptr);
}

ordered_json tokens_json(const Counts& counts) {
  ordered_json tokens = ordered_json::object();
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    tokens[std::string(kCounterNames[i])] = count_json(counts[kCounters[i]]);
  }
  return tokens;
}

}  // namespace usagectl
