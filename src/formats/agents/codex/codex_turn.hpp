#pragma once

#include <string>
#include <string_view>

#include "model/counts.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl::codex {

/// The total of a turn so far, which a token_usage_record tells beside the usage of its response.
/// Nothing is counted by it.
class TurnTotal {
 public:
  /// The total after a step, told at a place. `may_begin_before`: not all steps before this one are
  /// known.
  void next(std::string_view turn, const Counts& total, const Counts& step, bool may_begin_before,
            const Place& place, Observations& observations);

 private:
  std::string turn_;
  Counts total_;
};

}  // namespace usagectl::codex
