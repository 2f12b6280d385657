#include "analysis/causes/case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usagectl {

const CaseNumber* Case::number(Counter counter) const {
  const auto found = std::find_if(numbers.begin(), numbers.end(), [&](const CaseNumber& number) {
    return number.counter == counter;
  });
  return found == numbers.end() ? nullptr : &*found;
}

std::optional<Count> Case::difference(Counter counter) const {
  const CaseNumber* const found = number(counter);
  if (found == nullptr) return std::nullopt;
  ExactSum difference(found->asserted);
  difference -= found->calculated;
  return difference.count();
}

std::vector<const CaseNumber*> Case::failing() const {
  std::vector<const CaseNumber*> failing;
  for (const CaseNumber& number : numbers) {
    if (number.fails()) failing.push_back(&number);
  }
  return failing;
}

std::size_t Case::failures() const { return failing().size(); }

bool is_difference(const Case& of, const Counts& change, int sign) {
  bool any = false;
  for (const CaseNumber& number : of.numbers) {
    const Count by = change[number.counter].value_or(0);
    ExactSum sum(number.calculated);
    if (sign > 0) {
      sum += by;
    } else {
      sum -= by;
    }
    const ExactSum asserted(number.asserted);
    const bool holds = asserted == sum || (number.may_be_less && asserted < sum);
    if (!holds) return false;
    any = any || (by != 0 && number.fails());
  }
  return any;
}

void PartsSum::add(const CasePart& part) { add(part.counts); }

void PartsSum::add(const Counts& counts) {
  ++parts_;
  for (const Counter counter : kCounters) {
    const auto count = counts[counter];
    if (!count) continue;
    sums_[static_cast<std::size_t>(counter)] += *count;
    known_[static_cast<std::size_t>(counter)] = true;
  }
}

Counts PartsSum::counts() const {
  Counts counts;
  for (const Counter counter : kCounters) {
    const auto i = static_cast<std::size_t>(counter);
    if (known_[i]) counts.set(counter, sums_[i].count());
  }
  return counts;
}

std::string number_words(Count number) {
  const std::string digits = fmt::format("{}", number);
  const std::size_t first = number < 0 ? 1 : 0;
  std::string words;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > first && (digits.size() - i) % 3 == 0) words.push_back(',');
    words.push_back(digits[i]);
  }
  return words;
}

std::string words_of(const Counts& counts, const Case& of) {
  std::string words;
  const auto say = [&](Counter counter) {
    const auto count = counts[counter];
    if (!count || *count == 0) return;
    std::string name(name_of(counter));
    std::replace(name.begin(), name.end(), '_', ' ');
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", name, number_words(*count));
  };
  for (const CaseNumber& number : of.numbers) {
    if (number.counter != Counter::requests && number.counter != Counter::completions)
      say(number.counter);
  }
  if (words.empty()) {
    for (const CaseNumber& number : of.numbers) say(number.counter);
  }
  return words;
}

std::string name_of(const CasePart& part, const Case& of) {
  const std::string_view kind = of.part;
  if (part.number != 0) return fmt::format("{} {}", kind, part.number);
  if (!part.name.empty())
    return part.name.starts_with(kind) ? part.name : fmt::format("{} {}", kind, part.name);
  const bool elsewhere = part.place.file != of.place.file;
  if (!part.place.pointer.empty() && !elsewhere)
    return fmt::format("the {} at {}", kind, part.place.pointer);
  if (part.place.line != 0) return fmt::format("the {} on line {}", kind, part.place.line);
  return fmt::format("the {}", kind);
}

Witness witness_of(const CasePart& part) { return {part.place, part.counts}; }

Counts differences(const Case& of) {
  Counts counts;
  for (const CaseNumber& number : of.numbers) {
    if (number.may_be_less && !number.fails()) continue;
    const auto difference = of.difference(number.counter);
    if (difference && *difference >= 0) counts.set(number.counter, *difference);
  }
  return counts;
}

}  // namespace usagectl
