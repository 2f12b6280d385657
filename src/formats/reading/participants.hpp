#pragma once

#include <string_view>

namespace usagectl {

/// "attacker_usage", "judge", "planner_tokens": who takes part in a piece of work and calls a model
/// of its own, as the name of a place says. Nothing else is in the name.
bool is_called_participant(std::string_view name);

/// "model_usage", "llm": what answers, beside a participant that has a name.
bool is_called_model(std::string_view name);

}  // namespace usagectl
