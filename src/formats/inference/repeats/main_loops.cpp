#include "formats/inference/repeats/main_loops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "formats/reading/usage_parts.hpp"

namespace usagectl {
namespace {

bool reports_tokens(const PlaceNode& place) {
  return std::any_of(place.instances.begin(), place.instances.end(), [](const auto& instance) {
    return instance.seen->usage && has_tokens(instance.seen->usage->given);
  });
}

}  // namespace

void set_main_loops_aside(const PlaceNode& node, Layout& layout) {
  const auto result =
      std::find_if(node.instances.begin(), node.instances.end(),
                   [](const auto& instance) { return !instance.seen->usage_by_model.empty(); });
  const bool is_all_of_some = std::any_of(
      node.children.begin(), node.children.end(),
      [](const auto& child) { return child->token == "usage" && reports_tokens(*child); });
  if (result != node.instances.end() && is_all_of_some) {
    layout.may_be_twice.push_back(
        fmt::format("{}/usage and the models beside it are counted", node.pattern().text()));
  } else if (result != node.instances.end()) {
    IgnoredPlace& usage = layout.ignored.emplace_back();
    usage.at = node.pattern();
    usage.at.tokens.emplace_back("usage");
    usage.rule = kMainLoop;
    const std::string beside(result->seen->usage_by_model);
    usage.where.emplace_back().from = {.outward = 1, .path = {{beside}}};
  }
  for (const auto& child : node.children) set_main_loops_aside(*child, layout);
}

}  // namespace usagectl
