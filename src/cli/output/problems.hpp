#pragma once

#include "cli/output/world.hpp"
#include "model/intake.hpp"

namespace usagectl {

/// Says warnings and problems on stderr, one line each, and tells whether there was a problem.
ExitCode say_problems(const Intake& intake, World& world);

/// "usagectl: …" on stderr.
void say(World& world, std::string_view text);

}  // namespace usagectl
