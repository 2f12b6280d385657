#pragma once

#include <string>

namespace usagectl {

/// Why a file could not be read; empty = it could.
struct ReadResult {
  std::string problem;
  bool ok() const { return problem.empty(); }
};

}  // namespace usagectl
