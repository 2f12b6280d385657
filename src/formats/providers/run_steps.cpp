// Runs of the Assistants API and their steps, where each was asked for by itself: the usage of a
// run is the sum of its steps (https://platform.openai.com/docs/api-reference/run-steps, 2026-11).
#include <fmt/format.h>

#include <algorithm>

#include "formats/providers/provider_capture.hpp"

namespace usagectl {

/// Keeps a step until the capture has ended: its run may come before it or behind it.
void ProviderCapture::hold_step(FoundUsage&& usage, std::string_view run, const Place& event,
                                const Surroundings& about, std::string_view step) {
  close_call();
  RunOfSteps& steps = runs_[std::string(run)];
  if (!step.empty()) {
    if (std::find(steps.ids.begin(), steps.ids.end(), step) != steps.ids.end()) {
      observations_.duplicate();
      return;
    }
    steps.ids.emplace_back(step);
  }
  if (steps.number++ == 0) {
    steps.sum = std::move(usage.values);
    steps.keys = std::move(usage.keys);
    steps.place = below(event, usage.pointer);
    steps.about = about;
    return;
  }
  static_cast<void>(steps.sum.add(usage.values));
}

void ProviderCapture::check_steps(std::uint64_t number, const UsageValues& run,
                                  const UsageValues& steps, const Place& place) {
  observations_.ignored("step of a counted run", number);
  if (same_numbers(run, steps)) {
    observations_.held();
    return;
  }
  observations_.finding(
      {.rule = Rule::sum,
       .severity = Severity::warning,
       .place = place,
       .cause = "steps",
       .explanation =
           fmt::format("the run's usage is not the sum of its {} steps in this capture", number)});
}

/// Of a run whose own usage is nowhere, the steps count.
void ProviderCapture::finish_runs() {
  for (const auto& [id, run] : runs_) {
    if (run.number == 0) continue;
    if (run.usage) {
      check_steps(run.number, *run.usage, run.sum, run.usage_place);
    } else {
      emit(run.sum, run.place, run.about, run.keys);
    }
  }
  runs_.clear();
}

}  // namespace usagectl
