#include "ledger/calls/logged_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/model_name.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kDateDigits = 10;  // "2026-03-01"
constexpr std::size_t kHourDigits = 13;  // "2026-03-01T09"

}  // namespace

void LoggedHours::note(const UsageRecord& record, const AlikeRecords::Kind& kind) {
  if (!record.view.is_usage) return;
  if (record.role == Role::aggregate) {
    const std::string* const until = scope_value(record, "until");
    const std::string* const since = scope_value(record, "since");
    if (until != nullptr && record.time.size() >= kDateDigits)
      buckets_.push_back(
          {record.unit, record.place, since ? *since : record.time, *until, record.model});
    return;
  }
  const auto hour = std::string_view(record.time).substr(0, kHourDigits);
  std::string& last = last_hours_[kind.number];
  if (kind.is_known && last == hour) return;
  last = hour;
  if (recent_.is_new(hour, short_text_hash(record.model)))
    hours_[record.model].insert(std::string(hour));
}

bool LoggedHours::holds_calls_of(const Bucket& bucket) const {
  return std::any_of(hours_.begin(), hours_.end(), [&](const auto& of_model) {
    const auto& [model, hours] = of_model;
    if (!may_be_same_model(model, bucket.model)) return false;
    // Calls without a time may be of any, if their model is known.
    if (hours.contains("") && !model.empty() && !bucket.model.empty()) return true;
    const auto first = hours.lower_bound(bucket.begin.substr(0, kHourDigits));
    return first != hours.end() && *first + ":00:00Z" < bucket.end;
  });
}

LoggedHours::Logged LoggedHours::logged() const {
  Logged logged;
  const Bucket* first = nullptr;
  for (const Bucket& bucket : buckets_) {
    if (!holds_calls_of(bucket)) continue;
    if (first == nullptr) first = &bucket;
    logged.buckets.insert(bucket.unit);
  }
  if (first == nullptr) return logged;
  Finding finding;
  finding.rule = Rule::coverage;
  finding.severity = Severity::warning;
  finding.place = first->place;
  finding.cause = "not-counted";
  finding.explanation = fmt::format(
      "a usage report of the provider beside logs of calls of the same time and model: {} of its "
      "buckets are not added to them; compare them with reconcile --against",
      logged.buckets.size());
  logged.finding = std::move(finding);
  return logged;
}

}  // namespace usagectl
