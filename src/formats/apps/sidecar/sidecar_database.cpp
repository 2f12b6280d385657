// Tables of the database behind the CV sidecar: an event for each call, and sums by project and day
// that a trigger keeps (DATE(created_at), in UTC):
//
//   usage_events  id, project_id, event_type, prompt_tokens, completion_tokens, total_tokens,
//                 llm_mode, model, created_at
//   usage_daily   project_id, date, total_tokens, request_count
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sidecar.database";
constexpr View kEvents{0, "usage events"};
constexpr View kDays{10, "days"};

bool is_event(const Json& row) {
  return row["event_type"].is_text() && row.has("project_id") && row.has("prompt_tokens") &&
         row.has("completion_tokens") && row.has("llm_mode") && row.has("created_at");
}

bool is_day(const Json& row) {
  return row.has("project_id") && row["date"].is_text() && row.has("total_tokens") &&
         row.has("request_count") && !row.has("event_type") && !row.has("prompt_tokens");
}

bool recognises(const Json& row, const FileContext&) { return is_event(row) || is_day(row); }

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext& file) : file_(file) {}

  void line(const Json& row, const Place& place, Observations& observations) override {
    if (is_event(row))
      read_event(row, place, observations);
    else if (is_day(row))
      read_day(row, place, observations);
    else
      observations.ignored(kWithoutUsage);
  }

 private:
  GroupId group(std::string_view project, std::string_view day, Observations& observations) {
    const std::string key = fmt::format("sidecar:{}#{}#{}", file_.path, project, day);
    const auto known = groups_.find(key);
    if (known != groups_.end()) return known->second;
    return groups_.emplace(key, observations.group(key)).first->second;
  }
  UsageRecord record(const View& view, const Place& place, Observations& observations) {
    if (!unit_) unit_ = observations.unit(fmt::format("sidecar:{}", file_.path));
    UsageRecord record;
    record.place = place;
    record.format = kFormat;
    record.unit = *unit_;
    record.view = view;
    return record;
  }

  void read_event(const Json& row, const Place& place, Observations& observations) {
    const std::string time = utc_time(row["created_at"]);
    const GroupId day = group(row["project_id"].text(), time.substr(0, 10), observations);
    CountReader counts(row, file_, place.pointer, observations, place.line);
    counts.read("prompt_tokens", Counter::input);
    counts.read("completion_tokens", Counter::output);
    counts.read("total_tokens", Counter::total);
    if (!counts.finish({day})) return;
    UsageRecord event = record(kEvents, place, observations);
    event.id = row["id"].text();
    event.model = row["model"].text();
    event.time = time;
    event.scope.emplace_back("kind", std::string(row["event_type"].text()));
    event.scope.emplace_back("part", std::string(row["project_id"].text()));
    event.counts = counts.counts();
    event.given = event.counts;
    derive_total(event.counts);
    check_total(observations, place, event.counts, "prompt_tokens + completion_tokens",
                "the total is not prompt_tokens + completion_tokens");
    event.counts.set(Counter::requests, 1);
    event.parts_of[0] = day;
    observations.record(std::move(event));
  }

  void read_day(const Json& row, const Place& place, Observations& observations) {
    CountReader counts(row, file_, place.pointer, observations, place.line);
    counts.read("total_tokens", Counter::total);
    counts.read("request_count", Counter::requests);
    if (!counts.finish()) return;
    UsageRecord day = record(kDays, place, observations);
    day.role = Role::aggregate;
    day.time = row["date"].text();
    day.scope.emplace_back("part", std::string(row["project_id"].text()));
    day.counts = counts.counts();
    day.given = day.counts;
    SumClaim claim;
    claim.place = place;
    claim.group = group(row["project_id"].text(), row["date"].text(), observations);
    claim.parts = "usage_events";
    claim.part = "event";
    claim.parts_are_optional = true;
    for (const auto& [counter, key] : {std::pair{Counter::total, "total_tokens"},
                                       std::pair{Counter::requests, "request_count"}}) {
      if (const auto asserted = day.counts[counter])
        claim.numbers.push_back({counter, key, 0, *asserted, Relation::equals, {}});
    }
    observations.claim(std::move(claim));
    observations.record(std::move(day));
  }

  FileContext file_;
  std::optional<UnitId> unit_;
  std::map<std::string, GroupId> groups_;  ///< by project and day
};

}  // namespace

extern const Format format_sidecar_database;
const Format format_sidecar_database{
    .id = kFormat,
    .description = "usage_events and usage_daily of the CV sidecar's database",
    .lines = LineFormat{.recognises = recognises,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
};

}  // namespace usagectl
