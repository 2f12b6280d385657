#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/diff/client.hpp"
#include "analysis/diff/continuation.hpp"
#include "analysis/diff/key_difference.hpp"
#include "analysis/diff/meaning_difference.hpp"
#include "analysis/diff/pairing.hpp"
#include "analysis/diff/part.hpp"
#include "analysis/diff/record_difference.hpp"
#include "analysis/diff/value_difference.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// What decides the verdict of a comparison.
struct DiffJudgement {
  std::array<Weighed, kDiffPartCount> parts = {Weighed::shown, Weighed::shown, Weighed::judged,
                                               Weighed::shown, Weighed::shown};
  Tolerances tolerances;
  bool is_parity = false;  ///< for the words of the report

  Weighed of(DiffPart part) const { return parts[static_cast<std::size_t>(part)]; }
  void weigh(DiffPart part, Weighed weighed) { parts[static_cast<std::size_t>(part)] = weighed; }
};

/// What `diff` reports of two captures.
struct DiffReport {
  Likeness verdict = Likeness::undetermined;  ///< of the parts that are judged
  DiffJudgement judgement;
  std::array<PartVerdict, kDiffPartCount> parts;
  Side a;
  Side b;
  Pairs pairs = {};
  RecordDifference records = {};
  std::vector<KeyDifference> keys = {};      ///< sorted by path
  std::vector<AxisDifference> meaning = {};  ///< those of kAnswerNames, then completions and cost
  ValueDifferences values = {};
  Continuation continuation = {};
  ClientReport client = {};  ///< where one side is what the provider sent
  /// Findings that a baseline accepts, where these are all that made the comparison fail.
  std::uint64_t accepted = 0;

  const PartVerdict& part(DiffPart part) const { return parts[static_cast<std::size_t>(part)]; }
  bool one_is_empty() const { return (a.records() == 0) != (b.records() == 0); }
  bool is_empty() const { return a.records() == 0 || b.records() == 0; }
  /// Whether the part makes the comparison fail.
  bool fails(DiffPart part) const;
  bool fails() const;
  /// Judges it anew, with so many findings accepted and none left that fails.
  void accept(std::uint64_t findings);
};

DiffReport diff(Side a, Side b, const DiffJudgement& judgement);

}  // namespace usagectl
