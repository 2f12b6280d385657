#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "ledger/books/books.hpp"
#include "model/tally.hpp"

namespace usagectl {

struct NaturalTextOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

/// Sums by the values of one key.
using TallyByName = std::map<std::string, Tally, NaturalTextOrder>;

/// The keys that two captures are compared by.
inline constexpr std::array<std::string_view, 4> kBreakdownKeys = {"model", "thread", "entity",
                                                                   "tick"};

/// The same usage split by each of the keys that it can be split by.
struct Breakdowns {
  std::array<TallyByName, kBreakdownKeys.size()> by;
  Tally total;
};

/// Sums the views that count, by the keys of the question; and by keys that those lack, other views
/// of the same usage, such as the ticks of a simulation.
Breakdowns break_down(const Books& books);

}  // namespace usagectl
