#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "ledger/series/usage_sources.hpp"
#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Whether one file, or one table of a database, reports what others report as well: the sums of
/// their calls, or the same calls in another format. Numbers prove it; what they leave open is
/// counted once all the same, and a warning says so.
class ReportedTwice {
 public:
  /// A record that is counted, in any order. `is_known`: one of the same kind was noted before it
  /// (see AlikeRecords). `is_told_as_copy`: its file is said to have the bytes of another one.
  void note(const UsageRecord& record, bool is_known, bool is_told_as_copy = false);
  /// Takes repeated usage out of the counted views. Files of which nothing else counts are
  /// added to `copies`. Once, behind the last note().
  std::vector<Finding> set_aside(Books& books, std::set<FileId>& copies);

 private:
  RowsOfViews rows_;
  RowsOfViews::key_type last_key_{};
  SourceRows* last_rows_ = nullptr;  ///< most records are of the same view as the one before
  RecentTexts recent_;
};

}  // namespace usagectl
