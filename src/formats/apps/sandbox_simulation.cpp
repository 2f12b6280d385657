// simulation.json of Thing' Sandbox: the state of a simulation and, flat under _openai, the sum of
// its entities' usage, computed from scratch after each tick (a missing key counts as 0).
#include <fmt/format.h>

#include "base/paths.hpp"
#include "formats/apps/sandbox_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sandbox.simulation";

bool recognises(const Json& document, const FileContext&) {
  return document.has("current_tick") && document["id"].is_text() &&
         (document.has("status") || document.has("created_at"));
}

void claim_entities(const UsageRecord& record, GroupId entities, Observations& observations) {
  SumClaim claim;
  claim.place = record.place;
  claim.group = entities;
  claim.parts = "entities";
  claim.part = "entity";
  claim.missing_is_zero = true;
  for (Counter counter : kCounters) {
    const std::string_view key = sandbox_key(record, counter);
    const auto asserted = record.counts[counter];
    if (!key.empty() && asserted) {
      claim.numbers.push_back({counter, std::string(key), 0, *asserted, Relation::equals, {}});
    }
  }
  observations.claim(std::move(claim));
}

void claim_ticks(const UsageRecord& record, GroupId ticks, std::optional<Count> current_tick,
                 Observations& observations) {
  SumClaim claim;
  claim.place = record.place;
  claim.group = ticks;
  claim.parts = "tick logs";
  claim.part = "tick";
  claim.parts_are_optional = true;
  claim.only_with_parts = current_tick;
  for (Counter counter :
       {Counter::total, Counter::reasoning, Counter::cache_read, Counter::requests}) {
    const std::string_view key = sandbox_key(record, counter);
    const auto asserted = record.counts[counter];
    if (key.empty() || !asserted) continue;
    // The log counts every call, total_requests only those that succeeded.
    const bool requests = counter == Counter::requests;
    claim.numbers.push_back(
        {counter, std::string(key), 0, *asserted, requests ? Relation::at_most : Relation::equals,
         requests ? std::string_view("failed requests, which only the logs count")
                  : std::string_view()});
  }
  observations.claim(std::move(claim));
}

void claim_logs(const Json& document, const FileContext& file, GroupId ticks, Count current_tick,
                Observations& observations) {
  // output.file.enabled says whether the runner writes logs at all.
  if (document.at("output", "file", "enabled").boolean() == false) return;
  const Place place{file.id, 0, "/current_tick"};
  CountClaim count;
  count.place = place;
  count.group = ticks;
  count.parts = "tick logs";
  count.counter = "ticks";
  count.asserted = current_tick;
  observations.claim(std::move(count));
  observations.claim(SequenceClaim{place, ticks, "tick logs", current_tick});
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  const SandboxGroups names(folder_of(file.path));
  const GroupId ticks = observations.group(names.ticks);

  std::optional<Count> current_tick;
  CountReading tick = read_count(document["current_tick"]);
  if (!tick.fault.empty()) {
    report_bad_number(observations, {file.id, 0, "/current_tick"}, "current_tick " + tick.fault);
    observations.rejected({file.id, 0, "/current_tick"}, "current_tick " + tick.fault);
  }
  current_tick = tick.count;
  if (current_tick && file.from_folder)
    claim_logs(document, file, ticks, *current_tick, observations);

  const Json usage = document["_openai"];
  if (usage.is_null()) {
    observations.ignored("simulation before its first request");
    return;
  }
  UsageRecord record;
  record.format = kFormat;
  record.role = Role::aggregate;
  record.unit = observations.unit(names.unit);
  record.view = kSandboxSimulation;
  record.scope.emplace_back("run", std::string(document["id"].text()));
  if (!usage.is_object()) {
    observations.rejected({file.id, 0, "/_openai"},
                          fmt::format("is {}, expected the usage", usage.described()));
    return;
  }
  if (!read_sandbox_usage(usage, file, "/_openai", "the simulation",
                          observations.group(names.generation), 0, record, observations)) {
    return;
  }
  claim_entities(record, observations.group(names.entities), observations);
  if (file.from_folder) claim_ticks(record, ticks, current_tick, observations);
  observations.record(std::move(record));
}

}  // namespace

extern const Format format_sandbox_simulation;
const Format format_sandbox_simulation{
    .id = kFormat,
    .description = "simulation.json of Thing' Sandbox",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
