#include "formats/reading/count_reader.hpp"

#include <fmt/format.h>

#include <utility>

namespace usagectl {

CountReader::CountReader(const Json& object, const FileContext& file, std::string pointer,
                         Observations& observations, std::uint64_t line)
    : object_(object),
      file_(file),
      pointer_(std::move(pointer)),
      observations_(observations),
      line_(line) {
  if (const auto repeated = repeated_key(object)) {
    first_fault_ = fmt::format("the key \"{}\" appears twice", *repeated);
    report_bad_number(observations_, {file_.id, line_, pointer_to(pointer_, *repeated)},
                      first_fault_);
  }
}

void CountReader::read(std::string_view key, Counter counter) {
  CountReading reading = read_count(object_[key]);
  if (!reading.fault.empty()) {
    const std::string fault = fmt::format("{} {}", key, reading.fault);
    report_bad_number(observations_, {file_.id, line_, pointer_to(pointer_, key)}, fault,
                      name_of(counter));
    if (first_fault_.empty()) first_fault_ = fault;
  }
  if (reading.count) counts_.set(counter, *reading.count);
}

std::optional<Count> CountReader::read_number(std::string_view key) {
  CountReading reading = read_count(object_[key]);
  if (!reading.fault.empty()) {
    const std::string fault = fmt::format("{} {}", key, reading.fault);
    report_bad_number(observations_, {file_.id, line_, pointer_to(pointer_, key)}, fault);
    if (first_fault_.empty()) first_fault_ = fault;
  }
  return reading.count;
}

bool CountReader::finish(std::initializer_list<GroupId> parts_of) {
  if (first_fault_.empty()) return true;
  observations_.rejected({file_.id, line_, pointer_}, first_fault_, parts_of);
  return false;
}

void report_bad_number(Observations& observations, Place place, std::string explanation,
                       std::string_view counter) {
  observations.finding({.rule = Rule::number,
                        .place = std::move(place),
                        .counter = counter,
                        .explanation = std::move(explanation)});
}

bool has_key_twice(const Json& object, std::string_view key) {
  int times = 0;
  object.each_member([&](std::string_view name, const Json&) { times += name == key ? 1 : 0; });
  return times > 1;
}

bool reject_repeated(const Json& object, std::initializer_list<std::string_view> keys,
                     const Place& place, Observations& observations) {
  for (const std::string_view key : keys) {
    if (!has_key_twice(object, key)) continue;
    const std::string problem =
        fmt::format("the key \"{}\" appears twice: it is not known which counts", key);
    const Place where{place.file, place.line, pointer_to(place.pointer, key)};
    report_bad_number(observations, where, problem);
    observations.rejected(where, problem);
    return true;
  }
  return false;
}

void derive_total(Counts& counts) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  if (counts.has(Counter::total) || !input || !output) return;
  ExactSum total(*input);
  total += *output;
  total += counts[Counter::tool_prompt].value_or(0);
  counts.set(Counter::total, total.count());
}

void check_total(Observations& observations, const Place& total, const Counts& counts,
                 std::string_view basis, std::string_view explanation) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  const auto told = counts[Counter::total];
  if (!input || !output || !told) return;
  const ExactSum sum = ExactSum(*input) += *output;
  if (sum == ExactSum(*told)) {
    observations.held();
    return;
  }
  observations.finding({.rule = Rule::identity,
                        .place = total,
                        .counter = name_of(Counter::total),
                        .asserted = told,
                        .calculated = sum.count(),
                        .basis = std::string(basis),
                        .explanation = std::string(explanation)});
}

void check_part(Observations& observations, const Place& object, const Counts& counts, Counter part,
                std::string_view part_key, Counter whole, std::string_view whole_key) {
  const auto part_count = counts[part];
  const auto whole_count = counts[whole];
  if (!part_count || !whole_count) return;
  if (*part_count <= *whole_count) {
    observations.held();
    return;
  }
  Finding finding;
  finding.rule = Rule::part;
  finding.place = object;
  if (!part_key.empty()) append_pointer(finding.place.pointer, part_key);
  finding.counter = name_of(part);
  finding.asserted = part_count;
  finding.calculated = whole_count;
  finding.basis = fmt::format("{}, which should hold it", whole_key);
  finding.explanation =
      fmt::format("{} exceeds {}, of which it is a part", name_of(part), name_of(whole));
  observations.finding(std::move(finding));
}

Sequence::Sequence(Observations& observations, std::string list_pointer, const FileContext& file,
                   std::string_view key)
    : observations_(observations), list_pointer_(std::move(list_pointer)), file_(file), key_(key) {}

void Sequence::report(std::size_t index, Count number, std::optional<Count> expected,
                      std::string explanation) {
  reported_ = true;
  observations_.finding({.rule = Rule::sequence,
                         .place = {file_.id, 0, pointer_to(pointer_to(list_pointer_, index), key_)},
                         .asserted = number,
                         .calculated = expected,
                         .basis = "next number",
                         .explanation = std::move(explanation)});
}

void Sequence::next(Count number, std::size_t index) {
  if (number == in_order_ + 1) {
    ++in_order_;
    while (!further_.empty() && *further_.begin() == in_order_ + 1) {
      further_.erase(further_.begin());
      ++in_order_;
    }
  } else if (number <= in_order_ || !further_.insert(number).second) {
    report(index, number, std::nullopt, fmt::format("number {} appears twice", number));
  }
}

void Sequence::finish(std::size_t items) {
  if (!further_.empty()) {
    reported_ = true;
    const Count gap_end = *further_.begin() - 1;
    const Count gap_start = in_order_ + 1;
    observations_.finding(
        {.rule = Rule::sequence,
         .place = {file_.id, 0, list_pointer_},
         .explanation = gap_start == gap_end
                            ? fmt::format("{} {} is missing", key_, gap_start)
                            : fmt::format("{} {} to {} are missing", key_, gap_start, gap_end)});
  }
  if (!reported_ && items > 0 && in_order_ > 0) observations_.held();
}

}  // namespace usagectl
