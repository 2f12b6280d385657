#include "formats/thread_usage.hpp"

#include <fmt/format.h>

#include "formats/counting.hpp"

namespace usagectl {

std::string thread_series(std::string_view thread) { return fmt::format("thread:{}", thread); }

std::optional<Counts> read_thread_usage(const Json& usage, const FileContext& file, const Place& place, Sink& sink,
                                        GroupId part_of) {
  if (!usage.is_object()) {
    sink.rejected(place, fmt::format("is {}, expected the usage of a thread", usage.described()), {part_of});
    return std::nullopt;
  }
  CountReader reader(usage, file, place.pointer, sink, place.line);
  reader.read("input_tokens", Counter::input);
  reader.read("output_tokens", Counter::output);
  reader.read("total_tokens", Counter::total);
  if (!reader.finish({part_of})) return std::nullopt;
  Counts counts = reader.counts();
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  const auto total = counts[Counter::total];
  if (input && output && total) {
    const ExactSum sum = ExactSum(*input) += *output;
    if (sum == ExactSum(*total)) {
      sink.held();
    } else {
      Finding finding;
      finding.rule = Rule::identity;
      finding.place = place;
      append_pointer(finding.place.pointer, "total_tokens");
      finding.counter = name_of(Counter::total);
      finding.asserted = total;
      finding.calculated = sum.count();
      finding.basis = "input_tokens + output_tokens";
      finding.explanation = "the thread's total is not what its parts give";
      sink.finding(std::move(finding));
    }
  }
  derive_total(counts);
  return counts;
}

UsageRecord thread_record(std::string_view format, Place place, std::string_view thread, UnitId unit) {
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
