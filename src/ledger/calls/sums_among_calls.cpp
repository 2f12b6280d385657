#include "ledger/calls/sums_among_calls.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// The sum of one call is none.
constexpr std::size_t kFewestCallsOfSum = 2;
constexpr std::size_t kFewestCallsOfOneSum = 3;
/// Fewer tokens are alike by chance.
constexpr std::uint64_t kFewestTokens = 1000;
constexpr Count kLargest = Count{1} << 40;

}  // namespace

Place SumsAmongCalls::Row::place() const {
  Place place;
  place.file = file;
  place.line = line;
  return place;
}

void SumsAmongCalls::add(const UsageRecord& call) {
  const auto input = call.counts[Counter::input];
  const auto output = call.counts[Counter::output];
  are_comparable_ = are_comparable_ && input && output && *input >= 0 && *output >= 0 &&
                    *input < kLargest && *output < kLargest;
  if (!are_comparable_) return;
  const Row row{static_cast<std::uint64_t>(*input), static_cast<std::uint64_t>(*output),
                call.place.file, call.place.line};
  ++rows_;
  are_named_ = are_named_ || !call.id.empty() || !call.time.empty();
  input_ += row.input;
  output_ += row.output;
  if (rows_ == 1) first_place_ = call.place;
  if (rows_ == 1 || row.input > largest_.input) {
    largest_ = row;
    largest_place_ = call.place;
  }
  if (first_.size() < kMost) first_.push_back(row);
  if (last_.size() < kMost) {
    last_.push_back(row);
  } else {
    last_[next_] = row;
  }
  next_ = (next_ + 1) % kMost;
}

bool SumsAmongCalls::are_half(std::uint64_t input, std::uint64_t output) const {
  return input == input_ - input && output == output_ - output && output > 0 &&
         input + output >= kFewestTokens;
}

template <typename At>
std::optional<SumsAmongCalls::Row> SumsAmongCalls::last_of_sums(std::size_t rows, At&& at) const {
  std::uint64_t input = 0;
  std::uint64_t output = 0;
  for (std::size_t i = 0; i < std::min(rows, rows_ / (1 + kFewestCallsOfSum)); ++i) {
    const Row& row = at(i);
    input += row.input;
    output += row.output;
    if (input > input_ - input) return std::nullopt;
    if (i > 0 && are_half(input, output)) return row;
  }
  return std::nullopt;
}

std::optional<Place> SumsAmongCalls::first() const {
  if (!are_comparable_) return std::nullopt;
  if (rows_ > kFewestCallsOfOneSum && are_half(largest_.input, largest_.output))
    return largest_place_;
  const auto before = last_of_sums(first_.size(), [&](std::size_t i) { return first_[i]; });
  if (before) return first_place_;
  // Where the ring is not full, the next place in it is behind the last row.
  const auto behind = last_of_sums(
      last_.size(), [&](std::size_t i) { return last_[(next_ + kMost - 1 - i) % kMost]; });
  return behind ? std::optional<Place>(behind->place()) : std::nullopt;
}

std::optional<Place> SumsAmongCalls::second_of_groups(std::uint64_t groups) const {
  if (input_ % groups != 0 || output_ % groups != 0 || output_ == 0 ||
      (input_ + output_) / groups < kFewestTokens)
    return std::nullopt;
  // Round numbers add up to each other by chance.
  constexpr std::uint64_t kRound = 100;
  if (input_ / groups % kRound == 0 && output_ / groups % kRound == 0) return std::nullopt;
  using Group = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
  std::vector<Group> found(1);
  const Row* second = nullptr;
  std::uint64_t input = 0;
  std::uint64_t output = 0;
  for (const Row& row : first_) {
    if (input == input_ / groups && output == output_ / groups) {
      std::sort(found.back().begin(), found.back().end());
      found.emplace_back();
      input = output = 0;
      if (second == nullptr) second = &row;
    }
    found.back().emplace_back(row.input, row.output);
    input += row.input;
    output += row.output;
    if (input > input_ / groups || output > output_ / groups) return std::nullopt;
  }
  std::sort(found.back().begin(), found.back().end());
  if (second == nullptr || found.size() != groups) return std::nullopt;
  // The same questions to two models have the same inputs, and outputs that add up by chance.
  const auto has_same_inputs = [&](const Group& group) {
    return std::equal(group.begin(), group.end(), found.front().begin(), found.front().end(),
                      [](const auto& a, const auto& b) { return a.first == b.first; });
  };
  const bool are_same = std::all_of(found.begin(), found.end(), has_same_inputs);
  // One row beside its parts is a sum, which others look for.
  const bool is_sum = groups == 2 && (found[0].size() == 1 || found[1].size() == 1);
  return are_same || is_sum ? std::nullopt : std::optional<Place>(second->place());
}

std::optional<Place> SumsAmongCalls::first_of_other_groups() const {
  constexpr std::uint64_t kMostWays = 6;
  // What has an id or a time is a call.
  if (!are_comparable_ || are_named_ || first_.size() < rows_) return std::nullopt;
  for (std::uint64_t groups = 2; groups <= kMostWays; ++groups) {
    if (const auto place = second_of_groups(groups)) return place;
  }
  return std::nullopt;
}

}  // namespace usagectl
