#include "cli/output/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/parts/problem_text.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {

void say(World& world, std::string_view text) {
  const std::string line = fmt::format("usagectl: {}", text);
  // What follows the first line is indented, so that it is seen where the next one begins.
  constexpr std::string_view kIndent = "  ";
  const auto width =
      static_cast<std::size_t>(world.err_is_terminal ? std::max(world.width, 20) : 0);
  std::string lines;
  for (const std::string& part : wrapped_text(line, width)) {
    lines += lines.empty() ? part : fmt::format("{}{}", kIndent, part);
    lines.push_back('\n');
  }
  world.err(lines);
}

ExitCode say_problems(const Intake& intake, World& world) {
  for (const auto& warning : intake.warnings) say(world, "warning: " + visible_text(warning));
  for (const auto& problem : intake.problems) say(world, problem_text(problem));
  return intake.problems.empty() ? ExitCode::clean : ExitCode::trouble;
}

}  // namespace usagectl
