#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/input_error.hpp"
#include "model/finding.hpp"

namespace usagectl {

struct ReconcileReport;

inline constexpr char kBaselineSchema[] = "usagectl.baseline/1";

/// Findings that are accepted, told apart by their fingerprint. The rest is for those who review
/// the file.
struct BaselineEntry {
  std::string fingerprint;
  std::uint64_t times = 1;  ///< so many findings share the fingerprint
  std::string rule;
  std::string severity;
  std::string file;  ///< named from the folder of the baseline
  std::string pointer;
  std::string counter;
  std::optional<Count> difference;
  std::string explanation;
  std::string reason;   ///< why it is accepted, written by a person; empty = not said
  std::string expires;  ///< the last day on which it is, "2026-12-31"; empty = it does not expire
};

struct Baseline {
  std::string file;  ///< as the user named it
  std::vector<BaselineEntry> entries;
};

/// What became of the findings of a baseline.
struct BaselineResult {
  std::string file;
  std::vector<Finding> known;          ///< found again, and accepted
  std::vector<std::string> reasons;    ///< of those, as the baseline gives them
  std::vector<BaselineEntry> expired;  ///< found again, and no longer accepted
  std::vector<BaselineEntry>
      gone;  ///< not found, though their file was read; named from the current folder
  std::vector<BaselineEntry> not_looked_at;  ///< of files that were not read this time
  std::vector<BaselineEntry> all;            ///< as they were read
};

/// Reads a baseline. Throws InputError.
Baseline load_baseline(const std::string& path);
/// The same from its text; `path` is where it comes from.
Baseline parse_baseline(std::string_view text, const std::string& path);

/// Takes the findings that the baseline knows out of the report's list, and judges it anew. Entries
/// that expired before `today` ("2026-11-26", UTC) accept nothing.
void accept_known(const Baseline& baseline, std::string_view today, ReconcileReport& report);

/// All findings of the report, those that a baseline knew included, as a baseline at that path.
/// Reasons, dates and entries for files that were not read this time are kept when they come from
/// the same folder.
Baseline make_baseline(const ReconcileReport& report, const std::string& path);

}  // namespace usagectl
