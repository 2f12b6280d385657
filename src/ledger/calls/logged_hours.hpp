#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/recent_texts.hpp"
#include "ledger/books/alike_records.hpp"
#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The hours and models of the calls of a run, and the buckets of providers' usage reports, which
/// sum up the calls of a window of time. A bucket whose calls are logged must not be added to them.
class LoggedHours {
 public:
  /// Records that the run counts, in any order.
  void note(const UsageRecord& record, const AlikeRecords::Kind& kind);

  struct Logged {
    std::set<UnitId> buckets;        ///< units of buckets whose calls are logged
    std::optional<Finding> finding;  ///< says so, of the first of them
  };
  Logged logged() const;

 private:
  struct Bucket {
    UnitId unit = 0;
    Place place;
    std::string begin;
    std::string end;
    std::string model;
  };

  bool holds_calls_of(const Bucket& bucket) const;

  std::map<std::string, std::set<std::string>> hours_;        ///< by model; an empty hour = no time
  std::array<std::string, AlikeRecords::kKinds> last_hours_;  ///< of the kinds of records
  RecentTexts recent_;  ///< most calls are of an hour and a model of those before
  std::vector<Bucket> buckets_;
};

}  // namespace usagectl
