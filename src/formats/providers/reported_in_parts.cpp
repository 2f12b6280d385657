// Runs of the Assistants API and their steps, where each was asked for by itself: the usage of a
// run is the sum of its steps (https://platform.openai.com/docs/api-reference/run-steps, 2026-11).
// And the steps of a message in the streams of the AI SDK, the end of which tells their sum
// (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol, versions 4 and 5, 2026-11).
// Events of the Agent Development Kit: while an answer comes in, partial ones report its usage so
// far, and one that is not partial repeats all of it (https://google.github.io/adk-docs/events,
// https://github.com/google/adk-java/issues/835, 2026-11). Each has an id of its own.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/providers/provider_capture.hpp"

namespace usagectl {
namespace {

/// What the events of one answer have in common: its run and its agent. Empty for other events.
std::string answer_of(const Json& event) {
  const Json run = event.has("invocationId") ? event["invocationId"] : event["invocation_id"];
  if (run.text().empty()) return {};
  std::string answer(run.text());
  for (const std::string_view name : {"author", "branch"}) {
    answer.push_back('\n');
    answer += event[name].text();
  }
  return answer;
}

}  // namespace

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

/// A step is a call; the end of its message tells all of them once more.
void ProviderCapture::note_step(const Json& body, const FoundUsage& usage, const Place& place,
                                const Surroundings& about) {
  const std::string_view type = body["type"].text();
  if (type != "finish-step" && type != "step-finish") return;
  steps_of_message_.add(read(usage.values, below(place, usage.pointer), about).counts);
}

/// Whether an event ends a message whose steps were counted, so that its usage is their sum.
bool ProviderCapture::ends_steps(const Json& body, const Place& place) {
  if (steps_of_message_.records == 0 || body["type"].text() != "finish") return false;
  const bool has_name_of_sum = body["totalUsage"].is_object();
  const std::string_view name = has_name_of_sum ? "totalUsage" : "usage";
  if (!body[name].is_object()) return false;
  close_call();
  const Place at = below(place, pointer_to({}, name));
  const UsageReading whole = read(UsageValues(catalogue_, body[name]), at, {});
  const Tally steps = std::exchange(steps_of_message_, Tally());
  const bool is_sum = std::all_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
    const auto all = whole.counts[counter];
    const auto sum = whole_sum(steps, counter);
    return counter == Counter::requests || !all || !sum || *all == *sum;
  });
  observations_.ignored("sum of the steps of a message");
  if (is_sum)
    observations_.held();
  else
    warn(at, "steps",
         fmt::format("not counted: the usage of a message, which is not the sum of its {} step{} "
                     "in this capture",
                     steps.records, steps.records == 1 ? "" : "s"));
  return true;
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

/// Whether an event is a partial one, whose usage counts where none follows that is of all of its
/// answer: an answer that ends in the call of a tool may report none
/// (https://github.com/google/adk-js/issues/645).
bool ProviderCapture::hold_partial(const Json& body, UsagePlaces& places, const Place& place,
                                   const Surroundings& about) {
  const bool is_partial = body["partial"].boolean() == true;
  if (!is_partial && partials_.empty()) return false;
  const std::string answer = answer_of(body);
  if (answer.empty()) return false;
  const auto held = partials_.find(answer);
  if (is_partial && places.found.empty()) {
    observations_.ignored("JSON without usage");
    return true;
  }
  if (held != partials_.end()) {
    const PartialEvent& before = held->second;
    const auto input_of = [&](const FoundUsage& usage, const Place& at) {
      return read(usage.values, below(at, usage.pointer), about).counts[Counter::input];
    };
    const bool is_repeated = !places.found.empty() && input_of(places.found.front(), place) ==
                                                          input_of(before.usage, before.place);
    if (is_repeated)
      observations_.duplicate();
    else
      emit(before.usage.values, below(before.place, before.usage.pointer), before.about,
           before.usage.keys);
    partials_.erase(held);
  }
  if (!is_partial) return false;
  note_keys(body, places.found);
  partials_.emplace(answer, PartialEvent{std::move(places.found.front()), place, about});
  return true;
}

/// Answers of which nothing but a part is there.
void ProviderCapture::finish_partials() {
  for (const auto& [answer, event] : std::exchange(partials_, {})) {
    const Place at = below(event.place, event.usage.pointer);
    warn(at, "stream-cut",
         "the answer breaks off before it ends: the usage reported so far may not be all");
    emit(event.usage.values, at, event.about, event.usage.keys);
  }
}

}  // namespace usagectl
