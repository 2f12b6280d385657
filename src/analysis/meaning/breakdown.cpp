#include "analysis/meaning/breakdown.hpp"

#include <algorithm>

#include "base/natural_order.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

void add_view(const ViewSums& view, std::size_t key, TallyByName& names) {
  for (const auto& [packed, tally] : view.by_key) {
    const GroupKey values = unpack_key(packed);
    if (key < values.size() && values[key]) names[*values[key]].merge(tally);
  }
}

}  // namespace

bool NaturalTextOrder::operator()(std::string_view a, std::string_view b) const {
  const int order = natural_compare(a, b);
  return order != 0 ? order < 0 : a < b;
}

Breakdowns break_down(const Books& books) {
  Breakdowns all;
  for (const ViewOfUnit& view : books.counted_views) {
    const ViewSums& sums = books.sums_of(view);
    for (const auto& [packed, tally] : sums.by_key) all.total.merge(tally);
    for (std::size_t key = 0; key < kBreakdownKeys.size(); ++key) add_view(sums, key, all.by[key]);
  }
  for (std::size_t key = 0; key < kBreakdownKeys.size(); ++key) {
    if (!all.by[key].empty()) continue;
    for (const Unit& unit : books.units) {
      for (const auto& [rank, view] : unit.views) {
        if (rank != View::kNeverCounted && view.is_usage) add_view(view, key, all.by[key]);
      }
    }
  }
  return all;
}

}  // namespace usagectl
