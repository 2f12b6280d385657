#include "analysis/bill/billed_usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/utc_time.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kMillisecondsOfHour = 3'600'000;
constexpr std::int64_t kHoursOfDay = 24;
/// The format of usage reports: pages of the usage APIs of OpenAI and Anthropic.
constexpr std::string_view kUsageReport = "usage.buckets";

std::optional<std::int64_t> milliseconds_at(const std::string& time) {
  return milliseconds_of(time.size() == 13 ? time + ":00:00Z" : time);
}

std::optional<std::int64_t> hour_at(const std::optional<std::string>& time) {
  if (!time) return std::nullopt;
  const auto milliseconds = milliseconds_at(*time);
  return milliseconds ? std::optional(*milliseconds / kMillisecondsOfHour) : std::nullopt;
}

/// The hour in which the window is over. A window of minutes counts as its whole hour, and one
/// without an end as a day if it begins with one.
std::int64_t end_of(std::int64_t begin, const std::optional<std::string>& until) {
  if (until) {
    if (const auto milliseconds = milliseconds_at(*until)) {
      const std::int64_t end = (*milliseconds + kMillisecondsOfHour - 1) / kMillisecondsOfHour;
      return std::max(end, begin + 1);
    }
  }
  return begin % kHoursOfDay == 0 ? begin + kHoursOfDay : begin + 1;
}

std::string hour_text(std::int64_t hour) {
  return utc_time_of(hour * kMillisecondsOfHour / 1000).substr(0, 13);
}

}  // namespace

std::string window_text(const Window& window) {
  const std::string begin = hour_text(window.begin);
  if (window.end == window.begin + kHoursOfDay && window.begin % kHoursOfDay == 0)
    return begin.substr(0, 10);
  return fmt::format("{} to {}", begin, hour_text(window.end));
}

Question BillReader::question() {
  Question question;
  question.by = {"hour", "model", "until"};
  question.on_record = [this](const UsageRecord& record) {
    if (record.format != kUsageReport && !not_a_report_)
      not_a_report_ = {record.place.file, std::string(record.format)};
    if (record.time.size() < 13) return;
    first_.try_emplace({record.time.substr(0, 13), record.model}, record.place);
  };
  return question;
}

BilledUsage BillReader::finish(const Books& books) const {
  BilledUsage billed;
  billed.files = books.file_names;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [packed, tally] : books.sums_of(view).by_key) {
      const GroupKey key = unpack_key(packed);
      const auto begin = hour_at(key[0]);
      if (!begin) continue;
      const std::string model = key[1].value_or("");
      const std::pair<Window, std::string> bucket({*begin, end_of(*begin, key[2])}, model);
      billed.buckets[bucket].merge(tally);
      if (const auto place = first_.find({*key[0], model}); place != first_.end())
        billed.places.try_emplace(bucket, place->second);
    }
  }
  return billed;
}

std::vector<std::string> keys_of_logged_usage() { return {"hour", "model"}; }

LoggedUsage logged_usage(const Books& books) {
  LoggedUsage logged;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [packed, tally] : books.sums_of(view).by_key) {
      const GroupKey key = unpack_key(packed);
      const auto hour = hour_at(key[0]);
      if (!hour) {
        logged.without_time += tally.records;
        continue;
      }
      logged.hours[{*hour, key[1].value_or("")}].merge(tally);
    }
  }
  return logged;
}

}  // namespace usagectl
