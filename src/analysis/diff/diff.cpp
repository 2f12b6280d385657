#include "analysis/diff/diff.hpp"

#include <algorithm>
#include <utility>

namespace usagectl {
namespace {

constexpr std::size_t index(DiffPart part) { return static_cast<std::size_t>(part); }

}  // namespace

bool DiffReport::fails(DiffPart part) const {
  if (accepted > 0) return false;
  const Likeness found = parts[index(part)].verdict;
  switch (judgement.of(part)) {
    case Weighed::shown: return false;
    case Weighed::judged: return found == Likeness::different;
    case Weighed::required: return found != Likeness::same;
  }
  return false;
}

bool DiffReport::fails() const {
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    if (fails(static_cast<DiffPart>(i))) return true;
  }
  return false;
}

void DiffReport::accept(std::uint64_t findings) {
  const bool failed = fails();
  if (findings == 0 || !failed) return;
  verdict = Likeness::same;
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    const auto part = static_cast<DiffPart>(i);
    // What failed is accepted; what is only undetermined stays so.
    if (judgement.parts[i] != Weighed::shown && !fails(part))
      verdict = worse(verdict, parts[i].verdict);
  }
  accepted = findings;
}

DiffReport diff(Side a, Side b, const DiffJudgement& judgement) {
  DiffReport report{.judgement = judgement, .parts = {}, .a = std::move(a), .b = std::move(b)};
  const RawSide raw = raw_side(report.a, report.b);
  report.pairs = pair_calls(report.a, report.b, raw != RawSide::neither);
  report.records = compare_records(report.a, report.b, report.pairs);
  report.keys = compare_keys(report.a, report.b);
  report.meaning = compare_meaning(report.a, report.b, report.pairs);
  report.values = compare_values(report.a, report.b, report.pairs, judgement.tolerances);
  report.continuation = compare_states(report.a, report.b, report.pairs);
  report.client = compare_with_raw(report.a, report.b, report.pairs, raw);

  const bool is_same = report.a.records() > 0 && report.a.holds_the_same_as(report.b);
  report.parts[index(DiffPart::records)] = report.records.verdict;
  report.parts[index(DiffPart::keys)] = judge_keys(report.keys);
  report.parts[index(DiffPart::meaning)] = judge_meaning(report.meaning);
  if (is_same && report.part(DiffPart::meaning).verdict == Likeness::undetermined)
    report.parts[index(DiffPart::meaning)] = {Likeness::same, "both sides hold the same numbers"};
  const PartVerdict client = judge_client(report.client);
  PartVerdict& meaning = report.parts[index(DiffPart::meaning)];
  // Also where no axis shows it.
  if (client.verdict != Likeness::same && meaning.verdict != Likeness::different)
    meaning = {worse(meaning.verdict, client.verdict), client.sentence};
  report.parts[index(DiffPart::proof)] = judge_proof(report.meaning, is_same);
  report.parts[index(DiffPart::values)] = report.values.verdict;
  if (is_same && report.values.beyond == 0)
    report.parts[index(DiffPart::values)] = {Likeness::same, "both sides hold the same numbers"};
  if (report.is_empty()) {
    // Nothing agrees with nothing.
    for (PartVerdict& part : report.parts) {
      if (part.verdict == Likeness::same) part.verdict = Likeness::undetermined;
      if (part.verdict == Likeness::undetermined) part.sentence = "nothing to compare";
    }
  }
  report.verdict = Likeness::same;
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    if (judgement.parts[i] != Weighed::shown)
      report.verdict = worse(report.verdict, report.parts[i].verdict);
  }
  return report;
}

}  // namespace usagectl
