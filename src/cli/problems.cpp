#include "cli/problems.hpp"

#include <fmt/format.h>

#include <string>

#include "render/visible_text.hpp"

namespace usagectl {
namespace {

/// "file:line:column: pointer problem"
std::string text_of(const Problem& problem) {
  std::string text = visible_text(problem.file);
  if (problem.line && (problem.column || *problem.line > 1 || problem.pointer.empty())) {
    text += fmt::format(":{}", *problem.line);
    if (problem.column) text += fmt::format(":{}", *problem.column);
  }
  if (!text.empty()) text += ": ";
  if (!problem.pointer.empty()) text += visible_text(problem.pointer) + " ";
  return text + visible_text(problem.problem);
}

}  // namespace

void say(World& world, std::string_view text) { world.err(fmt::format("usagectl: {}\n", text)); }

ExitCode say_problems(const Intake& intake, World& world) {
  for (const auto& warning : intake.warnings) say(world, "warning: " + visible_text(warning));
  for (const auto& problem : intake.problems) say(world, text_of(problem));
  return intake.problems.empty() ? ExitCode::clean : ExitCode::trouble;
}

}  // namespace usagectl
