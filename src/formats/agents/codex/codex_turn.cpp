#include "formats/agents/codex/codex_turn.hpp"

#include <algorithm>
#include <utility>

#include "formats/agents/codex/codex_counts.hpp"
#include "formats/agents/codex/codex_findings.hpp"

namespace usagectl::codex {

void TurnTotal::next(std::string_view turn, const Counts& total, const Counts& step,
                     bool may_begin_before, const Place& place, Observations& observations) {
  if (turn.empty() || total.empty()) return;
  const bool is_same = turn == turn_ && !may_begin_before;
  const bool is_compared = !step.empty() && (is_same || !may_begin_before || !fell(step, total));
  const Counts before = std::exchange(total_, total);
  turn_ = turn;
  if (!is_compared) return;
  const Counts grown = is_same && !fell(total, before) ? growth(total, before) : total;
  const auto* const differs = std::find_if(
      kTold.begin(), kTold.end(), [&](Counter counter) { return !agree(grown, step, counter); });
  if (differs == kTold.end()) {
    observations.held();
    return;
  }
  Finding finding =
      finding_at(place, Rule::continuity, Severity::warning, "last-is-not-the-step",
                 "turn_token_usage has not grown by the usage of the response, which is counted");
  append_pointer(finding.place.pointer, key_of(*differs));
  finding.counter = name_of(*differs);
  finding.asserted = grown[*differs];
  finding.calculated = step[*differs];
  finding.basis = "usage of the response";
  observations.finding(std::move(finding));
}

}  // namespace usagectl::codex
