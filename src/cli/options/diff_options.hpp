#pragma once

#include <string>
#include <vector>

#include "analysis/diff/diff.hpp"
#include "cli/options/option_set.hpp"

namespace usagectl {

/// What decides the exit status of `diff`.
struct DiffOptions {
  std::vector<std::string> require;  ///< parts; these alone decide
  bool parity = false;
  bool values = false;
  bool require_proof = false;
  std::string tolerance;

  DiffJudgement judgement() const;
};

void add_diff_options(OptionSet set, DiffOptions& options);

}  // namespace usagectl
