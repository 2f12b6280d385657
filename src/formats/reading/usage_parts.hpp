#pragma once

#include <span>
#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// Counts inside or beside a usage object that describe a part of it, and are no usage of their
/// own.
struct UsagePart {
  std::string_view name;
  bool is_inside_usage = true;
  /// Every member whose name ends so is a list of counts: tokens by modality.
  bool is_a_list_of_counts = false;
  std::string_view rule;  ///< by which it is ignored
  std::string_view source;
};

std::span<const UsagePart> usage_parts();

/// The part that a member of a usage object, or one beside it, is; nothing when it is none.
const UsagePart* usage_part(std::string_view name);

/// Where the result of a Claude Code session has the usage of each model, helpers included; beside
/// it `usage` reports that of the main loop alone. Empty where the value is no such result. What
/// others keep of it they may call model_usage: its camel case beside the snake case of `usage`
/// shows what it is (https://docs.anthropic.com/en/docs/claude-code/sdk, seen 2026-11).
std::string_view usage_by_model(const Json& value);
/// By this rule the `usage` there is ignored.
inline constexpr std::string_view kMainLoop = "main loop of a counted session";

}  // namespace usagectl
