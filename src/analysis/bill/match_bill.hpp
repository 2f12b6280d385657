#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/bill/billed_usage.hpp"

namespace usagectl {

/// Counters that are compared.
inline constexpr Counter kBilledCounters[] = {
    Counter::requests, Counter::input, Counter::cache_read, Counter::cache_write, Counter::output};

/// The window and the labels of a bucket.
struct BucketName {
  Window window;
  BillLabels labels;
  friend auto operator<=>(const BucketName&, const BucketName&) = default;
};

/// A bucket of a report and the logged calls in it.
struct BillBucket {
  BucketName name;
  Tally billed;
  Tally batch;             ///< the part of it that was billed as a batch
  bool is_cost = false;    ///< without tokens
  bool is_absent = false;  ///< the report has nothing of that time and these labels
  Place place;             ///< of its first row
  Tally logged;
  Tally last_hour;               ///< what was logged in its last hour
  std::set<std::string> models;  ///< as the logs name them

  /// Nothing where it is unknown, or known of a part of the calls only.
  std::optional<Count> sum(Counter counter, bool of_bill) const;
  /// billed - logged, where both are known.
  std::optional<Count> apart(Counter counter) const;
  bool agrees() const;
};

/// Ways to read the names and times of the logs.
struct Reading {
  std::int64_t shift = 0;                            ///< hours that are added to logged times
  std::map<std::string, std::string> billed_models;  ///< models of the logs as the report has them
};

/// What a matching found.
struct Matched {
  std::vector<BillBucket> buckets;          ///< by window and labels
  std::vector<const LoggedRow*> unmatched;  ///< in no bucket

  std::size_t agreeing() const;
};

/// Matches the logs with one report, by window, model, and project and key where both sides have
/// them. Both must outlive it.
class BillMatcher {
 public:
  BillMatcher(const BilledReport& report, const LoggedUsage& logged);

  Matched match(const Reading& reading) const;
  /// Whether the report has a bucket of this model, in whatever window.
  bool knows(const std::string& model, const Reading& reading) const;
  /// From the first bucket to the last one.
  Window whole() const { return whole_; }
  bool by_key() const { return by_key_; }
  bool by_project() const { return by_project_; }
  /// Both sides name keys or projects, and none of them is the same.
  bool has_other_labels() const { return has_other_labels_; }

 private:
  BillLabels labels_of(const BillLabels& labels) const;
  void name_ambiguous_models(const LoggedUsage& logged);
  const std::string& model_of(const std::string& model) const;
  BillLabels billed_labels(const LoggedRow& row, const Reading& reading) const;
  std::optional<BillBucket> absent_bucket(const Window& window, const BillLabels& labels) const;
  std::optional<std::size_t> bucket_of(const Window& window, const BillLabels& labels) const;

  const BilledReport& report_;
  const LoggedUsage& logged_;
  bool by_project_ = false;
  bool by_key_ = false;
  bool has_other_labels_ = false;
  Window whole_;
  std::map<std::string, std::string>
      common_names_;                 ///< of several models that a log does not tell apart
  std::vector<BillBucket> buckets_;  ///< without logs
  std::unordered_map<std::int64_t, std::vector<std::size_t>> by_hour_;
  std::unordered_map<std::string, std::int64_t> hours_of_ids_;
  std::set<std::string> models_;  ///< of the buckets
  Counts nothing_;                ///< zero of each counter that the report has
  std::int64_t first_call_ = 0;   ///< seconds since 1970, of a report of calls
  std::int64_t last_call_ = 0;
};

}  // namespace usagectl
