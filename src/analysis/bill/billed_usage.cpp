#include "analysis/bill/billed_usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/utc_time.hpp"
#include "formats/reading/format.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kSecondsOfHour = 3'600;
constexpr std::int64_t kHoursOfDay = 24;
constexpr std::size_t kDateDigits = 10;  // "2026-03-01"

/// What a row is told apart by, in the order of the group keys.
constexpr std::array<std::string_view, 9> kRowKeys = {"time", "model", "until",  "since", "project",
                                                      "key",  "tier",  "format", "id"};

std::optional<std::int64_t> seconds_at(const std::optional<std::string>& time) {
  if (!time) return std::nullopt;
  const std::string full = time->size() == kDateDigits ? *time + "T00:00:00Z"
                           : time->size() == 13        ? *time + ":00:00Z"
                                                       : *time;
  const auto milliseconds = milliseconds_of(full);
  return milliseconds ? std::optional(*milliseconds / 1000) : std::nullopt;
}

/// A window of minutes counts as its whole hour.
Window window_of(std::int64_t begin, std::int64_t end) {
  const std::int64_t first = begin / kSecondsOfHour;
  const std::int64_t last = (end + kSecondsOfHour - 1) / kSecondsOfHour;
  return {first, std::max(last, first + 1)};
}

std::string hour_text(std::int64_t hour) {
  return utc_time_of(hour * kSecondsOfHour).substr(0, 13);
}

std::string joined(const GroupKey& key) {
  std::string text;
  for (const auto& value : key) text += value.value_or("") + '\n';
  return text;
}

GroupKey key_of(const UsageRecord& record) {
  GroupKey key;
  std::string made;
  for (const std::string_view name : kRowKeys) {
    const auto value = value_of(record, name, {}, made);
    key.emplace_back(value ? std::optional<std::string>(*value) : std::nullopt);
  }
  return key;
}

/// The row without its numbers; nothing where it has no time.
std::optional<BilledRow> row_of(const GroupKey& key) {
  const auto since = seconds_at(key[3] ? key[3] : key[0]);
  if (!since) return std::nullopt;
  BilledRow row;
  row.at = *since;
  // Without an end the window is known only with all rows: see set_windows().
  const auto until = seconds_at(key[2]);
  row.window = until ? window_of(*since, *until) : Window{*since / kSecondsOfHour, 0};
  row.labels = {key[1].value_or(""), key[4].value_or(""), key[5].value_or("")};
  row.tier = key[6].value_or("");
  row.id = key[8].value_or("");
  return row;
}

/// Rows without an end are about days if all of them begin with one, and about hours otherwise.
void set_windows(BilledReport& report) {
  const bool is_by_day =
      std::all_of(report.rows.begin(), report.rows.end(), [](const BilledRow& row) {
        return row.window.end != 0 || row.at % (kHoursOfDay * kSecondsOfHour) == 0;
      });
  for (BilledRow& row : report.rows) {
    if (row.window.end == 0) row.window.end = row.window.begin + (is_by_day ? kHoursOfDay : 1);
  }
}

/// Calls are compared by day, between the first and the last one.
void set_days_of_calls(BilledReport& report) {
  const auto [first, last] =
      std::minmax_element(report.rows.begin(), report.rows.end(),
                          [](const BilledRow& a, const BilledRow& b) { return a.at < b.at; });
  const std::int64_t begin = (first->at - kSecondsOfClocks) / kSecondsOfHour;
  const std::int64_t end = (last->at + kSecondsOfClocks) / kSecondsOfHour + 1;
  for (BilledRow& row : report.rows) {
    const std::int64_t hour = row.at / kSecondsOfHour;
    const std::int64_t day = hour - hour % kHoursOfDay;
    row.window = {std::max(begin, day), std::min(end, day + kHoursOfDay)};
  }
}

}  // namespace

std::string window_text(const Window& window) {
  const std::string begin = hour_text(window.begin);
  if (window.end == window.begin + kHoursOfDay && window.begin % kHoursOfDay == 0)
    return begin.substr(0, kDateDigits);
  return fmt::format("{} to {}", begin, hour_text(window.end));
}

BillReader::BillReader(const Knowledge& knowledge) {
  for (const auto& format : knowledge.formats) {
    if (format->is_bill) bills_.emplace(format->id);
  }
}

void BillReader::note(const UsageRecord& record) {
  if (!bills_.contains(record.format)) {
    if (!not_a_report_) not_a_report_ = {record.place.file, std::string(record.format)};
    return;
  }
  const GroupKey key = key_of(record);
  if (record.role == Role::request) of_calls_.emplace(record.format);
  if (record.view.rank != View::kNeverCounted) {
    first_.try_emplace(joined(key), record.place);
    return;
  }
  if (!record.counts.empty() || !known_costs_.insert(joined(key)).second) return;
  auto row = row_of(key);
  if (!row) return;
  row->is_cost = true;
  row->place = record.place;
  of_costs_[std::string(record.format)].rows.push_back(std::move(*row));
}

Question BillReader::question() {
  Question question;
  question.by.assign(kRowKeys.begin(), kRowKeys.end());
  question.on_record = [this](const UsageRecord& record) { note(record); };
  return question;
}

BilledUsage BillReader::finish(const Books& books) const {
  BilledUsage billed;
  billed.files = books.file_names;
  std::map<std::string, BilledReport> reports = of_costs_;
  for (auto& [format, report] : reports) report.is_in_money = true;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [packed, tally] : books.sums_of(view).by_key) {
      const GroupKey key = unpack_key(packed);
      auto row = row_of(key);
      if (!row) continue;
      row->tally = tally;
      if (const auto place = first_.find(joined(key)); place != first_.end())
        row->place = place->second;
      BilledReport& report = reports[key[7].value_or("")];
      report.is_in_money = false;
      report.rows.push_back(std::move(*row));
    }
  }
  for (auto& [format, report] : reports) {
    // A hash map has no order of its own.
    std::sort(report.rows.begin(), report.rows.end(), [](const BilledRow& a, const BilledRow& b) {
      return std::tie(a.at, a.labels, a.tier, a.id, a.place.file, a.place.line, a.place.pointer) <
             std::tie(b.at, b.labels, b.tier, b.id, b.place.file, b.place.line, b.place.pointer);
    });
    report.is_of_calls = of_calls_.contains(format);
    if (report.is_of_calls) {
      set_days_of_calls(report);
    } else {
      set_windows(report);
    }
    billed.reports.push_back(std::move(report));
  }
  return billed;
}

std::vector<std::string> keys_of_logged_usage(const BilledUsage& billed) {
  const bool has_calls = std::any_of(billed.reports.begin(), billed.reports.end(),
                                     [](const BilledReport& one) { return one.is_of_calls; });
  // An hour is enough for sums, and a log of calls has many fewer hours than calls.
  std::vector<std::string> keys = {has_calls ? "time" : "hour", "model", "project", "key", "day"};
  if (has_calls) keys.emplace_back("id");
  return keys;
}

LoggedUsage logged_usage(const Books& books) {
  LoggedUsage logged;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [packed, tally] : books.sums_of(view).by_key) {
      const GroupKey key = unpack_key(packed);
      LoggedRow row;
      row.labels = {key[1].value_or(""), key[2].value_or(""), key[3].value_or("")};
      if (key.size() > 5) row.id = key[5].value_or("");
      row.tally = tally;
      const bool is_day = !key[0] || key[0]->size() == kDateDigits;
      const auto at = seconds_at(key[0] ? key[0] : key[4]);
      if (!at) {
        logged.without_time.push_back(std::move(row));
        continue;
      }
      row.at = *at;
      row.window = window_of(*at, *at + (is_day ? kHoursOfDay * kSecondsOfHour : 1));
      logged.rows.push_back(std::move(row));
    }
  }
  std::sort(logged.rows.begin(), logged.rows.end(), [](const LoggedRow& a, const LoggedRow& b) {
    return std::tie(a.at, a.labels, a.id) < std::tie(b.at, b.labels, b.id);
  });
  return logged;
}

}  // namespace usagectl
