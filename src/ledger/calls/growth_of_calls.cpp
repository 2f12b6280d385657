#include "ledger/calls/growth_of_calls.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::output};
/// Of fewer lines nobody can say that they begin anew.
constexpr std::uint64_t kShortestRun = 3;

}  // namespace

void GrowthOfCalls::end_run() { are_calls_ = are_calls_ || run_ < kShortestRun; }

void GrowthOfCalls::add(const UsageRecord& call) {
  if (are_calls_) return;
  const Counts& counts = call.counts;
  are_all_called_totals_ =
      are_all_called_totals_ &&
      (call.sums.has_total_keys || call.sums.is_called_so || call.sums.is_named_so);
  const auto all = [&](auto&& compare) {
    return std::all_of(kCompared.begin(), kCompared.end(), [&](Counter counter) {
      return counts[counter] && before_[counter] && compare(*counts[counter], *before_[counter]);
    });
  };
  if (run_ == 0) {
    run_ = 1;
    model_ = call.model;
  } else if (all([](Count is, Count was) { return is > was; })) {
    is_of_one_model_ = is_of_one_model_ && model_ == call.model;
    ++run_;
    ++grown_;
    chances_ += std::log2(static_cast<double>(run_));
  } else if (all([](Count is, Count was) { return is == was; })) {
    ++same_;
  } else if (all([](Count is, Count was) { return is < was; }) && model_ == call.model) {
    end_run();
    run_ = 1;
  } else {
    are_calls_ = true;
  }
  before_ = counts;
}

bool GrowthOfCalls::are_totals_so_far() const {
  // As many as the orders of six lines; where their names speak of totals, of three of one model,
  // or of four.
  constexpr double kOrdersOfThree = 6;
  constexpr double kOrdersOfFour = 24;
  constexpr double kOrdersOfSix = 720;
  const double orders = !are_all_called_totals_ ? kOrdersOfSix
                        : is_of_one_model_      ? kOrdersOfThree
                                                : kOrdersOfFour;
  const double enough = std::log2(orders) - 0.01;
  return !are_calls_ && run_ >= kShortestRun && same_ * 2 <= grown_ && chances_ >= enough;
}

}  // namespace usagectl
