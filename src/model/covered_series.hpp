#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace usagectl {

/// The series of snapshots as one file reports it: records of that file report it in more detail,
/// which says nothing of what another file reports of the same series.
inline std::string covered_in(std::string_view series, std::string_view file) {
  return fmt::format("{}\n{}", series, file);
}

}  // namespace usagectl
