// The results of a Claude Code session, held against each other and against its messages.
#include "formats/agents/claude/claude_results.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace usagectl::claude {
namespace {

constexpr std::array<Counter, 4> kCompared = {Counter::input, Counter::cache_read,
                                              Counter::cache_write, Counter::output};

}  // namespace

void add(Sums& sums, const Counts& counts) {
  for (const Counter counter : kCompared) {
    if (const auto count = counts[counter]) sums[counter] += *count;
  }
}
void subtract(Sums& sums, const Counts& counts) {
  for (const Counter counter : kCompared) {
    if (const auto count = counts[counter]) sums[counter] -= *count;
  }
}

Sums Result::sums() const {
  Sums sums;
  for (const auto& [name, usage] : models) add(sums, usage.reading.counts);
  return sums;
}

bool Result::holds(const Result& other) const {
  for (const auto& [name, usage] : other.models) {
    const auto here = models.find(name);
    if (here == models.end()) return false;
    for (const Counter counter : kCompared) {
      const auto now = here->second.reading.counts[counter];
      const auto before = usage.reading.counts[counter];
      if (now && before && *now < *before) return false;
    }
  }
  return true;
}

bool goes_on(const Session& session, const Result& now) {
  if (session.messages.size() == session.messages_before_result || !now.holds(*session.result))
    return false;
  const Sums before = session.result->sums();
  for (const auto& [counter, sum] : now.sums()) {
    const auto find = [counter = counter](const Sums& sums) {
      const auto known = sums.find(counter);
      return known == sums.end() ? ExactSum() : known->second;
    };
    ExactSum needed = find(before);
    needed += find(session.told);
    needed -= find(session.told_before_result);
    if (sum < needed) return false;
  }
  return true;
}

void say_cut(const Session& session, Observations& observations) {
  observations.finding({.rule = Rule::coverage,
                        .severity = Severity::warning,
                        .place = session.place,
                        .cause = "no-usage",
                        .explanation = "no result follows this message: what the session used in "
                                       "the end is not reported, least of "
                                       "all its output"});
}

void say_if_less(const Sums& whole, const Sums& parts, const Place& place, std::string_view pointer,
                 std::string basis, std::string_view explanation, Observations& observations) {
  for (const auto& [counter, sum] : parts) {
    const auto held = whole.find(counter);
    if (held == whole.end()) continue;
    if (!(held->second < sum)) {
      observations.held();
      continue;
    }
    observations.finding({.rule = Rule::sum,
                          .place = {place.file, place.line, place.pointer + std::string(pointer)},
                          .counter = name_of(counter),
                          .asserted = held->second.count(),
                          .calculated = sum.count(),
                          .basis = basis,
                          .explanation = std::string(explanation)});
  }
}

void compare_messages(const Session& session, Observations& observations) {
  if (session.messages.empty()) return;
  Sums sums = session.result->sums();
  for (const auto& [counter, sum] : session.counted) sums[counter] += sum;
  say_if_less(sums, session.told, session.result->place, "/modelUsage",
              fmt::format("sum of {} messages before the result", session.messages.size()),
              "the result of the session reports less than its messages add up to", observations);
}

}  // namespace usagectl::claude
