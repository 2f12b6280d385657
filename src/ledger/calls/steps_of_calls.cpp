#include "ledger/calls/steps_of_calls.hpp"

#include <algorithm>
#include <array>

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::cache_read, Counter::cache_write,
                                  Counter::output};

bool is_same(const Counts& a, const Counts& b) {
  return std::all_of(kCompared.begin(), kCompared.end(),
                     [&](Counter counter) { return a[counter] == b[counter]; });
}

bool is_sum(const Counts& call, const Tally& steps) {
  return std::all_of(kCompared.begin(), kCompared.end(),
                     [&](Counter counter) { return call[counter] == steps.sum_of(counter); });
}

/// Empty where the step has no id of its own.
std::string name_of_step(const UsageRecord& step) {
  return step.second_id.empty() ? std::string() : step.id + ' ' + step.second_id;
}

}  // namespace

void StepsOfCalls::add(const UsageRecord& step, const Counts& call) {
  const std::string name = name_of_step(step);
  if (!name.empty() && !added_.insert(name).second) return;
  Steps& steps = steps_of_[step.id];
  steps.sum.add(step.counts);
  steps.has_last = steps.has_last || is_same(step.counts, call);
}

bool StepsOfCalls::is_call_beside(const UsageRecord& step, const Counts& call) {
  const auto found = steps_of_.find(step.id);
  if (step.second_id.empty() || found == steps_of_.end()) return false;
  Steps& steps = found->second;
  if (!steps.has_last || is_sum(call, steps.sum)) return false;
  if (!steps.is_last_met && is_same(step.counts, call)) {
    steps.is_last_met = true;
    return false;
  }
  return true;
}

bool StepsOfCalls::was_told(const UsageRecord& step) {
  const std::string name = name_of_step(step);
  return !name.empty() && !told_.insert(name).second;
}

}  // namespace usagectl
