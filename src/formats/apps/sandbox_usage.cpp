#include "formats/apps/sandbox_usage.hpp"

#include <fmt/format.h>

#include "formats/reading/count_reader.hpp"
#include "formats/reading/key_paths.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kNewDialect = "sandbox.total";
constexpr std::string_view kOldDialect = "sandbox.input_output";

struct Key {
  Counter counter;
  std::string_view name;
};
constexpr Key kNewKeys[] = {{Counter::total, "total_tokens"},
                            {Counter::reasoning, "reasoning_tokens"},
                            {Counter::cache_read, "cached_tokens"},
                            {Counter::requests, "total_requests"}};
constexpr Key kOldKeys[] = {{Counter::input, "total_input_tokens"},
                            {Counter::output, "total_output_tokens"},
                            {Counter::requests, "total_requests"}};

}  // namespace

SandboxGroups::SandboxGroups(std::string_view folder)
    : unit(fmt::format("sandbox:{}", folder)),
      entities(fmt::format("{}#entities", folder)),
      ticks(fmt::format("{}#ticks", folder)),
      chains(fmt::format("{}#chains", folder)),
      generation(fmt::format("{}#generation", folder)) {}

std::string_view sandbox_key(const UsageRecord& record, Counter counter) {
  const std::span<const Key> keys = record.dialect == kOldDialect ? std::span<const Key>(kOldKeys)
                                                                  : std::span<const Key>(kNewKeys);
  for (const Key& key : keys) {
    if (key.counter == counter) return key.name;
  }
  return {};
}

bool read_sandbox_usage(const Json& usage, const FileContext& file, const std::string& pointer,
                        const std::string& who, GroupId generation, GroupId part_of,
                        UsageRecord& record, Observations& observations) {
  const Place place{file.id, 0, pointer};
  const bool has_old = usage.has("total_input_tokens") || usage.has("total_output_tokens");
  const bool has_new =
      usage.has("total_tokens") || usage.has("reasoning_tokens") || usage.has("cached_tokens");
  const bool is_old = has_old && !has_new;
  if (has_old && has_new) {
    observations.finding({.rule = Rule::layout,
                          .place = place,
                          .explanation = fmt::format(
                              "{} mixes the old and the new format in one usage object", who)});
  } else if (has_old || has_new) {
    observations.claim(
        SharedMark{generation, is_old ? "old format" : "new format", is_old, who, place});
  }
  CountReader reader(usage, file, pointer, observations);
  for (const Key& key : kNewKeys) reader.read(key.name, key.counter);
  for (const Key& key : kOldKeys) {
    if (key.counter != Counter::requests) reader.read(key.name, key.counter);
  }
  if (!reader.finish({part_of})) return false;
  record.place = place;
  record.dialect = is_old ? kOldDialect : kNewDialect;
  for (const Key& key : is_old ? std::span<const Key>(kOldKeys) : std::span<const Key>(kNewKeys)) {
    if (reader.counts().has(key.counter) || (has_old && has_new)) continue;
    observations.finding(
        {.rule = Rule::layout,
         .severity = Severity::warning,
         .place = {file.id, 0, pointer_to(pointer, key.name)},
         .counter = name_of(key.counter),
         .explanation = fmt::format("{} is missing from the usage of {}", key.name, who)});
  }
  record.given = reader.counts();
  record.counts = record.given;
  if (file.wants_keys) record.keys = key_paths(usage);
  derive_total(record.counts);
  check_part(observations, place, record.counts, Counter::reasoning, "reasoning_tokens",
             Counter::total, "total_tokens");
  check_part(observations, place, record.counts, Counter::cache_read, "cached_tokens",
             Counter::total, "total_tokens");
  return true;
}

}  // namespace usagectl
