#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace usagectl {

/// The series of what codex exec printed of a thread: the running total after each turn. The
/// rollout of the thread, which Codex writes as well, tells its steps.
inline std::string codex_exec_series(std::string_view thread) {
  return fmt::format("codex exec thread:{}", thread);
}

}  // namespace usagectl
