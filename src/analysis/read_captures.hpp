#pragma once

#include <string>
#include <vector>

#include "analysis/collector.hpp"

namespace usagectl {

struct ReadOptions {
  bool dedupe = false;  ///< count files with the same bytes once
};

/// Reads everything that the named paths stand for. A path that holds nothing known is a problem.
Collector read_captures(const std::vector<std::string>& paths, Question question, const ReadOptions& options);

}  // namespace usagectl
