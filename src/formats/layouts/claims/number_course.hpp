#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/layouts/claims/claim_parts.hpp"
#include "formats/layouts/layout.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// A running total or a numbering, of a list or over the lines of a log: its last value, and what
/// was added since.
class NumberCourse {
 public:
  /// A numbering that may go on from one in another file begins with any number.
  explicit NumberCourse(bool may_go_on = true) : may_go_on_(may_go_on) {}

  /// A number that the running total grows by.
  void add(const ClaimedPart& added);
  /// The next number of it. `missed`: lines of the file that could not be read so far, which may
  /// have held one between two others. Returns what is wrong with it, or nothing.
  std::optional<Finding> next(const LayoutClaim& claim, const ClaimedPart& seen,
                              std::uint64_t missed, Observations& observations);

 private:
  bool may_go_on_;
  std::optional<Count> last_;
  std::optional<Count> added_;
  std::uint64_t missed_ = 0;
};

}  // namespace usagectl
