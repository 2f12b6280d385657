#pragma once

#include <string>

#include "analysis/diff/diff.hpp"
#include "harness/made_capture.hpp"

namespace usagectl {

inline Side side_of(const MadeCapture& capture, const std::string& name) {
  Side side(*builtin_knowledge().catalogue);
  side.name = name;
  Books books = read_captures({capture.path(name)}, side.question(), {});
  side.finish(books);
  return side;
}

inline DiffReport diff_of(const MadeCapture& capture, const std::string& a, const std::string& b,
                          const DiffJudgement& judgement = {}) {
  return diff(side_of(capture, a), side_of(capture, b), judgement);
}

}  // namespace usagectl
