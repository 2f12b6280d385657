#include "formats/apps/thread_usage.hpp"

#include <fmt/format.h>

#include "formats/reading/count_reader.hpp"

namespace usagectl {

std::string thread_series(std::string_view thread) { return fmt::format("thread:{}", thread); }

std::optional<Counts> read_thread_usage(const Json& usage, const FileContext& file,
                                        const Place& place, Observations& observations,
                                        GroupId part_of) {
  if (!usage.is_object()) {
    observations.rejected(
        place, fmt::format("is {}, expected the usage of a thread", usage.described()), {part_of});
    return std::nullopt;
  }
  CountReader reader(usage, file, place.pointer, observations, place.line);
  reader.read("input_tokens", Counter::input);
  reader.read("output_tokens", Counter::output);
  reader.read("total_tokens", Counter::total);
  if (!reader.finish({part_of})) return std::nullopt;
  Counts counts = reader.counts();
  Place total = place;
  append_pointer(total.pointer, "total_tokens");
  check_total(observations, total, counts, "input_tokens + output_tokens",
              "the thread's total is not what its parts give");
  derive_total(counts);
  return counts;
}

UsageRecord thread_record(std::string_view format, Place place, std::string_view thread,
                          UnitId unit) {
  UsageRecord record;
  record.place = std::move(place);
  record.format = format;
  record.dialect = kThreadDialect;
  record.role = Role::cumulative;
  record.unit = unit;
  record.view = kThreadTotals;
  if (!thread.empty()) record.scope.emplace_back("thread", std::string(thread));
  return record;
}

}  // namespace usagectl
