#pragma once

#include <string_view>

namespace usagectl {

/// The same model, also where one side names its vendor or leaves out its date: "o4-mini" and
/// "openai/o4-mini-2025-04-16". An empty name may be any model.
bool may_be_same_model(std::string_view a, std::string_view b);

}  // namespace usagectl
