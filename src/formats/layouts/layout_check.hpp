#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// What the samples of a layout file show: each is a document with the records that it must give.
struct LayoutCheck {
  std::size_t samples = 0;
  std::vector<std::string> faults;  ///< a sentence each, with the place in the file; empty = sound
};

/// Reads every sample of a layout file as the layout says, and compares what comes out with what
/// the file says. Throws InputError where the file is no layout.
LayoutCheck check_layout(std::string_view text, std::string_view file);

}  // namespace usagectl
