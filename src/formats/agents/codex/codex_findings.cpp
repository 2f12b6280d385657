// What rollouts of Codex say against each other: a step, the totals around it, and the parts of
// both.
#include "formats/agents/codex/codex_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/agents/codex/codex_counts.hpp"
#include "formats/reading/format.hpp"

namespace usagectl::codex {

Finding finding_at(const Place& place, Rule rule, Severity severity, std::string_view cause,
                   std::string explanation) {
  return Finding{.rule = rule,
                 .severity = severity,
                 .place = place,
                 .cause = cause,
                 .explanation = std::move(explanation)};
}

void compare(const Counts& step, const Told& last, std::string_view basis,
             Observations& observations) {
  if (agree(step, last.counts)) {
    observations.held();
  } else {
    observations.finding(difference(step, last, basis));
  }
}

Finding difference(const Counts& step, const Told& last, std::string_view basis) {
  const auto differs = [&](Counter counter) { return !agree(step, last.counts, counter); };
  const auto first =
      static_cast<std::size_t>(std::find_if(kTold.begin(), kTold.end(), differs) - kTold.begin());
  Finding finding = finding_at(
      last.place, Rule::continuity, Severity::error, "last-is-not-the-step",
      "last_token_usage is not the step that total_token_usage has made; the step is counted");
  append_pointer(finding.place.pointer, key_of(kTold[first]));
  finding.counter = name_of(kTold[first]);
  finding.asserted = last.counts[kTold[first]];
  finding.calculated = step[kTold[first]];
  finding.basis = basis;
  finding.witnesses.push_back({last.place, last.counts});
  return finding;
}

void say_late(const Told& total, Observations& observations) {
  observations.duplicate();
  Finding finding = finding_at(total.place, Rule::continuity, Severity::note, "event-repeated",
                               "the running total is behind a later one of the session: what "
                               "it reports is a part of that");
  finding.counter = name_of(Counter::total);
  finding.asserted = total.counts[Counter::total];
  observations.finding(std::move(finding));
}

void say_fall(const Told& total, const Counts& before, bool is_reset, Observations& observations) {
  for (std::size_t i = 0; i < kTold.size(); ++i) {
    if (!fell(total.counts, before, kTold[i])) continue;
    Finding finding =
        is_reset ? finding_at(total.place, Rule::continuity, Severity::warning, "counter-reset",
                              "the session's running total fell: it starts anew here")
                 : finding_at(total.place, Rule::continuity, Severity::error, "counter-fell",
                              "a part of the running total fell while the total grew; what the "
                              "step used of it is "
                              "taken from last_token_usage, if at all");
    if (!is_reset) append_pointer(finding.place.pointer, key_of(kTold[i]));
    finding.counter = name_of(kTold[i]);
    finding.asserted = total.counts[kTold[i]];
    finding.calculated = before[kTold[i]];
    finding.basis = "in the event before";
    observations.finding(std::move(finding));
    if (is_reset) return;
  }
}

void say_steps_exceed(const Told& total, const Counts& steps, const Counts& before,
                      Observations& observations) {
  observations.duplicate();
  const Counts grown = growth(total.counts, before);
  const auto exceeds = [&](Counter counter) { return fell(grown, steps, counter); };
  const auto* const first = std::find_if(kTold.begin(), kTold.end(), exceeds);
  if (first == kTold.end()) return;
  Finding finding =
      finding_at(total.place, Rule::continuity, Severity::error, "steps-exceed-total",
                 "the steps reported since the last total add up to more than it has grown by");
  finding.counter = name_of(*first);
  finding.asserted = grown[*first];
  finding.calculated = steps[*first];
  finding.basis = "sum of last_token_usage since the total before";
  observations.finding(std::move(finding));
}

void check_parts(const Counts& step, const Place& place, std::string_view name,
                 Observations& observations) {
  const auto input = step[Counter::input];
  const auto output = step[Counter::output];
  const auto check = [&](bool holds, Rule rule, Counter counter, std::optional<Count> whole,
                         std::string basis, std::string_view explanation) {
    if (holds) {
      observations.held();
      return;
    }
    Finding finding = finding_at(place, rule, Severity::error, {}, std::string(explanation));
    append_pointer(finding.place.pointer, key_of(counter));
    finding.counter = name_of(counter);
    finding.asserted = step[counter];
    finding.calculated = whole;
    finding.basis = std::move(basis);
    observations.finding(std::move(finding));
  };
  if (const auto cached = step[Counter::cache_read]; cached && input) {
    check(*cached <= *input, Rule::part, Counter::cache_read, input,
          fmt::format("input of {}, which should hold it", name),
          "cache_read exceeds input, of which it is a part");
  }
  if (const auto reasoning = step[Counter::reasoning]; reasoning && output) {
    check(*reasoning <= *output, Rule::part, Counter::reasoning, output,
          fmt::format("output of {}, which should hold it", name),
          "reasoning exceeds output, of which it is a part");
  }
  if (const auto total = step[Counter::total]; total && input && output) {
    ExactSum both(*input);
    both += *output;
    check(both == ExactSum(*total), Rule::identity, Counter::total, both.count(),
          fmt::format("input + output of {}", name), "the total is not input + output");
  }
}

}  // namespace usagectl::codex
