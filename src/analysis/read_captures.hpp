#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/collector.hpp"

namespace usagectl {

struct ReadOptions {
  bool dedupe = false;      ///< count files with the same bytes once
  std::size_t threads = 1;  ///< at most; what is reported does not depend on it
  /// Told the names of all files, by FileId, before the first is read.
  std::function<void(const std::vector<std::string>&)> on_files = {};
};

/// Reads everything that the named paths stand for. A path that holds nothing known is a problem.
Collector read_captures(const std::vector<std::string>& paths, Question question, const ReadOptions& options);

}  // namespace usagectl
