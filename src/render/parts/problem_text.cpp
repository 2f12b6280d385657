#include "render/parts/problem_text.hpp"

#include <fmt/format.h>

#include "render/text/visible_text.hpp"

namespace usagectl {

std::string problem_sentence(const Problem& problem) {
  std::string text;
  if (!problem.pointer.empty()) text += visible_text(problem.pointer) + " ";
  return text + visible_text(problem.problem);
}

std::string problem_text(const Problem& problem) {
  std::string text = visible_text(problem.file);
  if (problem.line && (problem.column || *problem.line > 1 || problem.pointer.empty())) {
    text += fmt::format(":{}", *problem.line);
    if (problem.column) text += fmt::format(":{}", *problem.column);
  }
  if (!text.empty()) text += ": ";
  return text + problem_sentence(problem);
}

}  // namespace usagectl
