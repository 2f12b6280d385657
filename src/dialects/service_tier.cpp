#include "dialects/service_tier.hpp"

#include <algorithm>
#include <array>

namespace usagectl {
namespace {

// Others are "priority", "flex", "scale", "batch" and what comes next.
// https://platform.openai.com/docs/api-reference/chat/object and
// https://docs.anthropic.com/en/api/service-tiers, 2026-11
constexpr std::array<std::string_view, 5> kStandard = {"standard", "default", "auto", "on_demand",
                                                       "standard_only"};

}  // namespace

bool is_standard_tier(std::string_view tier) {
  return tier.empty() || std::find(kStandard.begin(), kStandard.end(), tier) != kStandard.end();
}

}  // namespace usagectl
