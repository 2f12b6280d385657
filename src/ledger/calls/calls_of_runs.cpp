#include "ledger/calls/calls_of_runs.hpp"

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostRuns = 4096;
/// One may add up by chance.
constexpr std::size_t kFewestSums = 2;

}  // namespace

void CallsOfRuns::begin(std::string_view run, const Place& place) {
  // The sum of one that is known goes on, however many there are.
  const std::uint64_t before = short_text_hash(run_);
  const bool is_kept = others_.size() < kMostRuns || others_.contains(before);
  if (is_kept && of_run_.tally.records > 0) others_[before] = of_run_;
  const auto known = others_.find(short_text_hash(run));
  const bool is_known = known != others_.end();
  if (!is_known && others_.size() >= kMostRuns && !first_not_kept_) first_not_kept_ = place;
  of_run_ = is_known ? known->second : SummedCalls();
  run_ = run;
}

const SummedCalls* CallsOfRuns::of(std::string_view run) const {
  if (run == run_) return &of_run_;
  const auto other = others_.find(short_text_hash(run));
  return other == others_.end() ? nullptr : &other->second;
}

std::optional<Place> CallsOfRuns::first_with_unknown_sum() const {
  return sums_behind_ >= kFewestSums ? first_not_kept_ : std::nullopt;
}

}  // namespace usagectl
