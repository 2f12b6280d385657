#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/observations.hpp"

namespace usagectl {

/// What a sample gives, for those who judge its claims.
struct CheckedSample {
  std::string at;       ///< "x.json: /samples/0"
  std::string verdict;  ///< that the sample expects of reconcile; empty = any but "fail"
  Observations found;
};

/// What the samples of a layout file show: each is a document with the records that it must give.
struct LayoutCheck {
  std::size_t samples = 0;
  std::vector<CheckedSample> read;
  std::set<std::string> found;        ///< views that have records, and what these say: "calls/id"
  std::vector<std::string> warnings;  ///< what may be misspelt, without consequence
  std::vector<std::string> faults;  ///< a sentence each, with the place in the file; empty = sound
};

/// Reads every sample of a layout file as the layout says, and compares what comes out with what
/// the file says. Throws InputError where the file is no layout, or its samples are misspelt.
LayoutCheck check_layout(std::string_view text, std::string_view file);

}  // namespace usagectl
