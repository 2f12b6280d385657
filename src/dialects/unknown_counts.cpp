#include "dialects/unknown_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/recognise.hpp"
#include "dialects/unknown_keys.hpp"

namespace usagectl {
namespace {

using Unknown = UsageValues::Unknown;

/// Numbers under keys that no dialect knows, and under keys that those dialects do not know which
/// the object is written in.
std::vector<Unknown> unknown_numbers(const Catalogue& catalogue, const UsageValues& values,
                                     const UsageReading& reading) {
  std::vector<Unknown> numbers = values.unknown();
  for (const auto& slot : values.slots()) {
    if (slot.detail || slot.count.value_or(0) == 0 ||
        is_known_to_any(catalogue, reading.candidates, slot.key))
      continue;
    const std::string_view path = catalogue.path_of(slot.key);
    const auto slash = path.rfind('/');
    const bool is_inside = slash != std::string_view::npos;
    if (is_inside && what_may_count(path.substr(0, slash), false) == UnknownKey::no_counter)
      continue;
    const UnknownKey may_count =
        what_may_count(is_inside ? path.substr(slash + 1) : path, is_inside);
    if (may_count != UnknownKey::no_counter && may_count != UnknownKey::calls)
      numbers.push_back({std::string(path), *slot.count, may_count});
  }
  return numbers;
}

bool is_one_of(const Counts& counts, std::initializer_list<Counter> counters, Count value) {
  return std::any_of(counters.begin(), counters.end(),
                     [&](Counter counter) { return counts[counter] == value; });
}

/// Whether the number says again what is known already.
bool is_known_otherwise(const Unknown& number, const UsageReading& reading) {
  const Counts& counts = reading.counts;
  const Counts& given = reading.given;
  const Atoms& atoms = reading.atoms;
  const auto is = [&](std::initializer_list<Counter> counters) {
    return is_one_of(counts, counters, number.count) || is_one_of(given, counters, number.count);
  };
  const auto input = given[Counter::input];
  const auto output = given[Counter::output];
  if (number.count <= std::max(input.value_or(0), output.value_or(0)) &&
      names_size_of_part(number.path))
    return true;
  switch (number.may_count) {
    case UnknownKey::no_counter:
    case UnknownKey::calls: return true;
    case UnknownKey::cache:
      return is({Counter::cache_read, Counter::cache_write}) || atoms.fresh == number.count;
    case UnknownKey::reasoning: return is({Counter::reasoning});
    case UnknownKey::input: return is({Counter::input}) || atoms.fresh == number.count;
    case UnknownKey::output: return is({Counter::output}) || atoms.visible == number.count;
    case UnknownKey::tokens:
    case UnknownKey::detail:
    case UnknownKey::any: break;
  }
  return is({Counter::input, Counter::cache_read, Counter::cache_write, Counter::tool_prompt,
             Counter::output, Counter::reasoning, Counter::total}) ||
         atoms.fresh == number.count || atoms.visible == number.count ||
         (input && output && (ExactSum(*input) += *output) == ExactSum(number.count));
}

/// Whether the object tells a total, and it is the sum of what is understood.
bool total_is_explained(const UsageReading& reading) {
  const auto input = reading.counts[Counter::input];
  const auto output = reading.counts[Counter::output];
  const auto total = reading.given[Counter::total];
  if (!input || !output || !total) return false;
  ExactSum sum(*input);
  sum += *output;
  sum += reading.counts[Counter::tool_prompt].value_or(0);
  return sum == ExactSum(*total);
}

/// The counters that the number may belong to.
std::vector<Counter> counters_touched(const Unknown& number, const UsageReading& reading) {
  // A total of the writer's own may lack the cache, as input does; of other tokens it holds all.
  const bool is_settled = total_is_explained(reading);
  const bool is_inside = is_settled && number.count <= reading.counts[Counter::input].value_or(0);
  std::vector<Counter> touched;
  const auto touch_whole = [&](std::initializer_list<Counter> wholes) {
    for (const Counter whole : wholes) touched.push_back(whole);
    if (!reading.given.has(Counter::total)) touched.push_back(Counter::total);
  };
  switch (number.may_count) {
    case UnknownKey::cache: {
      const bool is_write = number.path.find("rit") != std::string::npos ||
                            number.path.find("reat") != std::string::npos;
      const Counter part = is_write ? Counter::cache_write : Counter::cache_read;
      if (!reading.given.has(part)) touched.push_back(part);
      if (!is_inside) touch_whole({Counter::input});
      break;
    }
    case UnknownKey::reasoning:
      if (!reading.given.has(Counter::reasoning)) touched.push_back(Counter::reasoning);
      if (!is_settled) touch_whole({Counter::output});
      break;
    case UnknownKey::input:
      if (!is_settled) touch_whole({Counter::input});
      break;
    case UnknownKey::output:
      if (!is_settled) touch_whole({Counter::output});
      break;
    case UnknownKey::tokens:
      if (!is_settled) touch_whole({Counter::input, Counter::output});
      break;
    case UnknownKey::no_counter:
    case UnknownKey::calls:
    case UnknownKey::detail:
    case UnknownKey::any: break;
  }
  return touched;
}

std::string names_of(const std::vector<Counter>& counters) {
  std::string names;
  for (std::size_t i = 0; i < counters.size(); ++i) {
    if (i > 0) names += i + 1 == counters.size() ? " and " : ", ";
    names += name_of(counters[i]);
  }
  return names;
}

}  // namespace

void open_what_is_not_understood(const Catalogue& catalogue, const UsageValues& values,
                                 UsageReading& reading) {
  std::vector<Counter> open;
  for (const Unknown& number : unknown_numbers(catalogue, values, reading)) {
    if (is_known_otherwise(number, reading)) continue;
    const std::vector<Counter> touched = counters_touched(number, reading);
    Violation& violation = reading.violations.emplace_back();
    violation.rule = Rule::coverage;
    // Where the total holds all there is, it can be but a part of that.
    violation.severity =
        touched.empty() && total_is_explained(reading) ? Severity::note : Severity::warning;
    violation.key = number.path;
    violation.asserted = number.count;
    violation.basis = number.path;
    violation.cause = "unknown-key";
    violation.explanation =
        touched.empty() ? fmt::format("{} is not understood", number.path)
                        : fmt::format("{} is not understood, so {} {} not known", number.path,
                                      names_of(touched), touched.size() == 1 ? "is" : "are");
    open.insert(open.end(), touched.begin(), touched.end());
  }
  for (const Counter counter : open) reading.counts.leave_open(counter);
}

}  // namespace usagectl
