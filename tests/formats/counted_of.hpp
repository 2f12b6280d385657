#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "formats/reading_of.hpp"

namespace usagectl {

/// Records of the view that counts when nothing is asked for.
inline std::vector<UsageRecord> counted(const FormatReading& reading) {
  std::vector<UsageRecord> records;
  for (const UsageRecord& record : reading.records) {
    const bool is_first =
        std::none_of(reading.records.begin(), reading.records.end(), [&](const UsageRecord& other) {
          return other.unit == record.unit && other.view.rank < record.view.rank;
        });
    if (is_first && record.view.rank != View::kNeverCounted) records.push_back(record);
  }
  return records;
}

inline Count sum(const FormatReading& reading, Counter counter) {
  Count total = 0;
  for (const UsageRecord& record : counted(reading)) total += record.counts[counter].value_or(0);
  return total;
}

/// The findings with that cause.
inline std::vector<Finding> with_cause(const FormatReading& reading, std::string_view cause) {
  std::vector<Finding> findings;
  for (const Finding& finding : reading.findings) {
    if (finding.cause == cause) findings.push_back(finding);
  }
  return findings;
}

}  // namespace usagectl
