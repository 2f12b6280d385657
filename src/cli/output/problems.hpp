#pragma once

#include "cli/output/world.hpp"
#include "model/intake.hpp"

namespace usagectl {

/// Prints warnings and problems on stderr, one line each. Returns `trouble` if there is a problem.
ExitCode say_problems(const Intake& intake, World& world);

/// Prints "usagectl: …" on stderr.
void say(World& world, std::string_view text);

}  // namespace usagectl
