#pragma once

#include <string_view>

namespace usagectl {

/// The same model, also where one side names its vendor, leaves out its date or writes its name for
/// people: "o4-mini" and "openai/o4-mini-2025-04-16", "Claude Haiku 4.5" and
/// "claude-haiku-4-5-20251001". An empty name may be any model.
bool may_be_same_model(std::string_view a, std::string_view b);

}  // namespace usagectl
