// GET /health of the thread tracker:
//
//   {"status", "timestamp", "token_tracking": {"active_threads", "total_tokens_tracked", …}}
//
// Two claims without their parts: which threads, and what each of them used, only /stats tells.
#include <fmt/format.h>

#include "formats/apps/thread_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "thread.health";
constexpr View kHealth{View::kNeverCounted, "totals of /health: no thread is named"};

bool recognises(const Json& document, const FileContext&) { return is_thread_health(document); }

void read(const Json& document, const FileContext& file, Observations& observations) {
  read_thread_health(document, file, 0, {}, observations);
}

}  // namespace

bool is_thread_health(const Json& document) {
  const Json tracking = document["token_tracking"];
  return tracking.has("active_threads") || tracking.has("total_tokens_tracked");
}

void read_thread_health(const Json& document, const FileContext& file, std::uint64_t line,
                        const std::string& pointer, Observations& observations) {
  const Json tracking = document["token_tracking"];
  const Place place{file.id, line, pointer + "/token_tracking"};
  CountReader reader(tracking, file, place.pointer, observations, line);
  reader.read("total_tokens_tracked", Counter::total);
  const auto threads = reader.read_number("active_threads");
  if (!reader.finish()) return;
  const GroupId nothing = observations.group();
  if (threads) {
    CountClaim claim;
    claim.place = {file.id, line, place.pointer + "/active_threads"};
    claim.group = nothing;
    claim.parts = "threads";
    claim.counter = "threads";
    claim.asserted = *threads;
    claim.unprovable_when_empty = true;
    observations.claim(std::move(claim));
  }
  const auto total = reader.counts()[Counter::total];
  if (!total) {
    observations.ignored("health without a total");
    return;
  }
  SumClaim claim;
  claim.place = place;
  claim.group = nothing;
  claim.parts = "threads";
  claim.numbers.push_back(
      {Counter::total, "total_tokens_tracked", 0, *total, Relation::equals, {}});
  observations.claim(std::move(claim));
  UsageRecord record = thread_record(kFormat, place, {}, observations.unit());
  record.role = Role::aggregate;
  record.view = kHealth;
  record.time = utc_time(document["timestamp"]);
  record.counts = reader.counts();
  observations.record(std::move(record));
}

extern const Format format_thread_health;
const Format format_thread_health{
    .id = kFormat,
    .description = "/health of the thread tracker: totals without their threads",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
