#pragma once

namespace usagectl {

/// What a run tells a script. Trouble outranks findings.
enum class ExitCode {
  clean = 0,     ///< nothing to object to, or the same
  findings = 1,  ///< a claim is refuted, or two captures differ
  trouble = 2,   ///< bad arguments, unreadable or rejected input, a failed write
};

inline ExitCode worse(ExitCode a, ExitCode b) {
  return static_cast<int>(a) > static_cast<int>(b) ? a : b;
}

}  // namespace usagectl
