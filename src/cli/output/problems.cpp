#include "cli/output/problems.hpp"

#include <fmt/format.h>

#include "render/parts/problem_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {

void say(World& world, std::string_view text) { world.err(fmt::format("usagectl: {}\n", text)); }

ExitCode say_problems(const Intake& intake, World& world) {
  for (const auto& warning : intake.warnings) say(world, "warning: " + visible_text(warning));
  for (const auto& problem : intake.problems) say(world, problem_text(problem));
  return intake.problems.empty() ? ExitCode::clean : ExitCode::trouble;
}

}  // namespace usagectl
