#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialects/usage_reading.hpp"
#include "model/counts.hpp"
#include "model/finding.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

/// What the events of a rollout say against each other, as findings.
namespace usagectl::codex {

/// A usage object of an event: a running total, or a step.
struct Told {
  Counts counts;
  bool is_known = false;  ///< it is there, and sound
  bool is_rejected = false;
  Place place;
  std::vector<Violation> not_understood;
  Counts open;  ///< counters to which what is not understood may belong
};

Finding finding_at(const Place& place, Rule rule, Severity severity, std::string_view cause,
                   std::string explanation);

/// Whether last_token_usage is the step that the totals have made.
void compare(const Counts& step, const Told& last, std::string_view basis,
             Observations& observations);
/// That it is not.
Finding difference(const Counts& step, const Told& last, std::string_view basis);

void say_late(const Told& total, Observations& observations);
void say_fall(const Told& total, const Counts& before, bool is_reset, Observations& observations);
/// `before`: the total after which the steps were told without one.
void say_steps_exceed(const Told& total, const Counts& steps, const Counts& before,
                      Observations& observations);

/// What holds within one step: a part in its whole, the total of its parts.
void check_parts(const Counts& step, const Place& place, std::string_view name,
                 Observations& observations);

}  // namespace usagectl::codex
