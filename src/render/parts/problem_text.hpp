#pragma once

#include <string>

#include "model/intake.hpp"

namespace usagectl {

/// A problem in one line: "file:line:column: pointer problem".
std::string problem_text(const Problem& problem);

/// The same without the place: "pointer problem".
std::string problem_sentence(const Problem& problem);

}  // namespace usagectl
