#pragma once

#include <string>

#include "analysis/meaning/profile.hpp"

namespace usagectl {

/// An answer as text: "excluded 12/12" if numbers prove it, "included (by dialect)"
/// where the vocabulary says so, "excluded 46/48, mixed" where they contradict.
std::string answer_text(const Answer& answer);

}  // namespace usagectl
