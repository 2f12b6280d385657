#include "formats/reading/read_call.hpp"

#include <stdexcept>
#include <utility>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/surroundings.hpp"
#include "formats/reading/take_cost.hpp"
#include "formats/reading/violations.hpp"

namespace usagectl {

namespace {

std::optional<UsageRecord> record_of(const UsageReading& reading, const UsageValues& values,
                                     const Json& usage, std::string_view format, Place&& place,
                                     const FileContext& file, Observations& observations) {
  report(reading.violations, place, observations);
  if (!reading.countable()) {
    observations.rejected(place, reading.violations.empty()
                                     ? "has token counts in a vocabulary that no dialect knows"
                                     : reading.violations.front().explanation);
    return std::nullopt;
  }
  if (reading.counts.empty()) {
    observations.ignored("usage without a count");
    observations.finding({.rule = Rule::coverage,
                          .severity = Severity::warning,
                          .place = place,
                          .cause = "no-usage",
                          .explanation = "the usage object has no count"});
    return std::nullopt;
  }
  if (reading.held > 0) observations.held(reading.held);
  UsageRecord record;
  record.place = std::move(place);
  record.format = format;
  record.dialect = reading.dialect;
  record.role = file.catalogue().dialects()[reading.candidates.front()].role;
  record.counts = reading.counts;
  if (record.role == Role::request) record.counts.set(Counter::requests, Count(1));
  record.given = reading.given;
  record.sums.calls = values.calls();
  record.cache_write_1h = hour_writes(reading.atoms);
  add_scope(record, "tier", tier_of_usage(usage));
  take_cost(record, values.cost(), observations);
  if (file.wants_keys) record.keys = key_paths(usage);
  return record;
}

}  // namespace

std::optional<UsageRecord> read_call(const Json& usage, std::string_view dialect_id,
                                     std::string_view format, Place&& place,
                                     const FileContext& file, Observations& observations) {
  const Catalogue& catalogue = file.catalogue();
  const Dialect* const dialect = catalogue.find(dialect_id);
  if (dialect == nullptr)
    throw std::logic_error("a format names a dialect that the catalogue lacks");
  const UsageValues values(catalogue, usage);
  return record_of(read_usage_as(catalogue, *dialect, values), values, usage, format,
                   std::move(place), file, observations);
}

std::optional<UsageRecord> recognise_call(const Json& usage, const Envelope& envelope,
                                          std::string_view format, Place&& place,
                                          const FileContext& file, Observations& observations) {
  const Catalogue& catalogue = file.catalogue();
  const UsageValues values(catalogue, usage);
  return record_of(read_usage(catalogue, values, envelope), values, usage, format, std::move(place),
                   file, observations);
}

void compare_copy(const UsageRecord& record, const Counts& copy, const Place& place,
                  Observations& observations) {
  observations.duplicate();
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    const auto told = record.counts[counter];
    const auto again = copy[counter];
    if (!told || !again) continue;
    if (*told == *again) {
      observations.held();
      continue;
    }
    observations.finding(
        {.rule = Rule::identity,
         .place = place,
         .counter = name_of(counter),
         .asserted = again,
         .calculated = told,
         .basis = record.place.pointer,
         .cause = "copies-disagree",
         .explanation = "the usage of one call is reported twice, and the two do not agree"});
  }
}

void add_scope(UsageRecord& record, std::string_view key, std::string_view value) {
  if (!value.empty()) record.scope.emplace_back(key, value);
}

}  // namespace usagectl
