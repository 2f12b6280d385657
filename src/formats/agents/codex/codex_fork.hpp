#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/json.hpp"

namespace usagectl {

/// Where the steps of a Codex session come from. The file of a session that was forked off another
/// one, or that helps it, may begin with the events of that parent: written again within moments
/// when the child was made, or with their own older times (ccusage #1370, #1460, #1501).
class CodexFork {
 public:
  enum class Origin : std::uint8_t {
    own,      ///< a step of this session
    parent,   ///< told again
    unclear,  ///< may be either
  };

  /// A session_meta line, with the time it was written. The first one is the session's own.
  void meta(const Json& payload, std::string_view written);
  /// A turn_context line.
  void turn(const Json& payload);
  /// The next step, by when it was written. `begins_at_zero`: it is the first, and the running
  /// total holds it alone.
  Origin next_step(std::string_view written, bool begins_at_zero);

  /// Whether this is the session, or one that it goes on from.
  bool has_met(std::string_view id) const;
  bool has_session() const { return !session_.empty(); }
  /// It has a parent, so that its totals may go on from those of another file.
  bool is_fork() const { return !parent_.empty() || !others_.empty(); }
  const std::string& session() const { return session_; }
  const std::string& parent() const { return parent_; }
  /// The session from which all of this one's forebears go on, as far as the file tells.
  const std::string& first_parent() const {
    return first_parent_.empty() ? parent_ : first_parent_;
  }
  /// Of the turn that runs, the same wherever it is told; empty = not given.
  const std::string& turn_id() const { return turn_id_; }
  /// Whether this is a time at which the events of the parent were written again.
  bool is_rewritten(std::string_view written) const;

 private:
  std::string session_;
  std::string parent_;
  std::string first_parent_;
  std::vector<std::string> others_;  ///< sessions whose session_meta follow the own one
  std::string turn_id_;
  bool is_copy_ = false;              ///< forked, not merely started by the parent
  bool is_own_now_ = false;           ///< the events of the parent have ended
  std::optional<std::int64_t> made_;  ///< when the session began, in milliseconds
  std::optional<std::int64_t> told_;  ///< when the last event of the parent was written
};

}  // namespace usagectl
