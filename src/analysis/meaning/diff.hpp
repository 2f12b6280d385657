#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/meaning/pairing.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

enum class Likeness : std::uint8_t { same, different, undetermined };
std::string_view name_of(Likeness likeness);

/// One axis on both sides.
struct AxisDifference {
  std::string_view axis;
  Likeness verdict = Likeness::undetermined;
  Answer a;
  Answer b;
  std::string evidence;  ///< one sentence, where pairs tell: "input differs by exactly cache_read
                         ///< in 12 of 12 pairs"
};

/// How often a key stands on each side; 0 records = on the other side only.
struct KeyDifference {
  std::string path;
  KeyUse a;
  KeyUse b;
};

/// A counter of the totals, or of one pair of calls, on both sides.
struct ValueDifference {
  std::optional<std::pair<std::size_t, std::size_t>> calls;  ///< nothing = the totals
  Counter counter = Counter::total;
  std::optional<Count> a;
  std::optional<Count> b;
};

/// How far numbers may be apart and still count as equal.
struct Tolerance {
  Count tokens = 0;
  double percent = 0;  ///< of the larger number
  bool allows(Count a, Count b) const;
};

/// What `diff` reports.
struct DiffReport {
  Likeness verdict = Likeness::undetermined;
  Side a;
  Side b;
  std::vector<KeyDifference> keys = {};      ///< sorted by path
  std::vector<AxisDifference> meaning = {};  ///< in the order of kAnswerNames
  Pairs pairs = {};
  bool values_were_compared = false;
  std::vector<ValueDifference> totals = {};  ///< every counter that a side knows
  std::vector<ValueDifference> values = {};  ///< of pairs, beyond the tolerance
  std::uint64_t values_beyond = 0;           ///< totals and values beyond the tolerance
};

/// Compares two captures by what their counts mean, and by the counts themselves when a tolerance
/// is given.
DiffReport diff(Side a, Side b, const std::optional<Tolerance>& values);

}  // namespace usagectl
