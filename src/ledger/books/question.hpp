#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time_zone.hpp"
#include "ledger/books/group_part.hpp"
#include "ledger/books/time_span.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What a run wants to know of the records it reads.
struct Question {
  std::vector<std::string> by;  ///< keys to sum by; empty = no sums by key
  bool wants_claims = false;    ///< keep the claims and what they are about
  /// Keep the claims of documents that everything can be said about, where the files are small: to
  /// see whether a total is refuted, not why.
  bool wants_totals = false;
  bool wants_keys = false;         ///< records bring the keys of their usage objects
  bool wants_layouts = false;      ///< keep how files of unknown layouts were understood
  TimeSpan time;                   ///< records outside of it are ignored
  std::optional<TimeZone> zone;    ///< of days, weeks and months; nothing = UTC
  bool keeps_record_uses = false;  ///< see Books::record_uses
  /// Called for every usage record as it is read. What becomes of it is only known in the end.
  std::function<void(const UsageRecord&)> on_record;
  /// Called before that, for every record as its format told it.
  std::function<void(const UsageRecord&)> on_read;
  /// Called for everything that is added to a group, where claims are wanted.
  std::function<void(const GroupPart&)> on_part;

  bool keeps_groups() const { return wants_claims || wants_totals; }
};

}  // namespace usagectl
