#include "ledger/calls/totals_so_far.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

/// So many steps within runs decide it. Of runs that take turns, the first records are no steps.
constexpr std::size_t kEnoughSteps = 32;
constexpr std::size_t kMostHeld = 65'536;
constexpr std::string_view kAgent = "part";
/// So many do not grow by chance.
constexpr std::size_t kManyGrowing = 4;

/// The run that a total is of: all that it names but who answered, and what numbers the totals.
std::string run_of(const UsageRecord& record, const std::set<std::string, std::less<>>& numbering) {
  std::string run;
  for (const auto& [name, value] : record.scope) {
    if (name == "provider" || numbering.contains(name)) continue;
    run += name;
    run += '=';
    run += value;
    run += '\n';
  }
  return run;
}

std::optional<std::uint64_t> number_in(const std::string& value) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool is_number = error == std::errc() && end == value.data() + value.size();
  return is_number ? std::optional<std::uint64_t>(number) : std::nullopt;
}

/// The names under which the records count themselves: "step" 1, 2, 3.
std::set<std::string_view> numbering_of(const std::vector<UsageRecord>& records) {
  struct Numbers {
    std::optional<std::uint64_t> last;
    std::size_t growing = 0;
  };
  std::map<std::string_view, Numbers> names;
  for (const UsageRecord& record : records) {
    for (const auto& [name, value] : record.scope) {
      Numbers& numbers = names[name];
      const auto number = number_in(value);
      if (number && (!numbers.last || *number > *numbers.last)) ++numbers.growing;
      numbers.last = number;
    }
  }
  std::set<std::string_view> numbering;
  for (const auto& [name, numbers] : names) {
    if (numbers.growing == records.size()) numbering.insert(name);
  }
  return numbering;
}

constexpr bool is_added_up(Counter counter) { return counter != Counter::requests; }

bool falls(const Counts& from, const Counts& to) {
  return std::any_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
    return is_added_up(counter) && from.has(counter) && to.has(counter) &&
           *to[counter] < *from[counter];
  });
}

Counts growth(const Counts& from, const Counts& to) {
  Counts grown = to;
  for (const Counter counter : kCounters) {
    if (!is_added_up(counter) || !to.has(counter)) continue;
    if (from.has(counter))
      grown.set(counter, *to[counter] - *from[counter]);
    else
      grown.forget(counter);
  }
  return grown;
}

/// Whether what each is called sets it apart from all others.
bool are_named_apart(const std::vector<UsageRecord>& records) {
  std::set<std::string_view> ids;
  std::set<std::string_view> models;
  for (const UsageRecord& record : records) {
    if (!record.id.empty()) ids.insert(record.id);
    if (!record.model.empty()) models.insert(record.model);
  }
  return ids.size() == records.size() || models.size() == records.size();
}

/// Whether the totals of several agents are one that goes on from each to the next.
bool go_on_from_agent_to_agent(const std::vector<UsageRecord>& records) {
  constexpr std::size_t kFewest = 3;
  std::set<std::string_view> agents;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i > 0 && falls(records[i - 1].counts, records[i].counts)) return false;
    if (const std::string* const agent = scope_value(records[i], kAgent)) agents.insert(*agent);
  }
  return agents.size() > 1 && agents.size() < records.size() && records.size() >= kFewest;
}

bool are_growing(const std::vector<UsageRecord>& records) {
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (falls(records[i - 1].counts, records[i].counts)) return false;
  }
  return true;
}

}  // namespace

void TotalsSoFar::decide(bool are_all) {
  numbering_.clear();
  for (const std::string_view name : numbering_of(held_)) numbering_.emplace(name);
  const bool go_on = go_on_from_agent_to_agent(held_);
  if (go_on) numbering_.emplace(kAgent);
  std::unordered_map<std::string, const Counts*> before;
  std::size_t steps = 0;
  std::size_t fallen = 0;
  for (const UsageRecord& record : held_) {
    const Counts*& last = before[run_of(record, numbering_)];
    if (last != nullptr) {
      ++steps;
      if (falls(*last, record.counts)) ++fallen;
    }
    last = &record.counts;
  }
  // Numbers that grow may be those of runs, each of which will come again.
  const bool may_be_runs = fallen > 0 && !numbering_.empty();
  if (!are_all && (steps < kEnoughSteps || may_be_runs) && held_.size() < kMostHeld) return;
  is_decided_ = true;
  // Those of two agents may be larger by chance.
  constexpr std::size_t kManyRows = 5;
  if (go_on && held_.size() < kManyRows) doubtful_ = held_.front().place;
  const std::size_t growing = steps - fallen;
  // Nothing is known of runs that go on after so many others.
  if (steps == 0 && !are_all) {
    for (const auto& [run, last] : before) not_compared_.insert(short_text_hash(run));
  }
  // One total that goes on from each task to the next would look alike.
  if (are_all && steps == 0 && held_.size() > 2 && are_growing(held_))
    doubtful_ = held_.front().place;
  if (growing == 0) return;
  const bool are_apart = growing < kManyGrowing && are_named_apart(held_);
  are_running_ = growing >= fallen * 2 && !are_apart;
  if (!are_running_) doubtful_ = held_.front().place;
}

/// False where nothing was used since the one before it.
bool TotalsSoFar::take_growth(UsageRecord& record) {
  const auto [known, is_first] = last_.try_emplace(run_of(record, numbering_), record.counts);
  if (is_first) return true;
  const Counts before = std::exchange(known->second, record.counts);
  if (falls(before, record.counts)) return true;
  record.counts = growth(before, record.counts);
  if (!record.given.empty()) record.given = record.counts;
  // What it costs is a total so far as well.
  record.cost.reset();
  record.cache_write_1h.reset();
  if (has_tokens(record.counts)) return true;
  ++without_growth_;
  return false;
}

std::vector<UsageRecord> TotalsSoFar::release() {
  std::vector<UsageRecord> ready = std::exchange(held_, {});
  if (are_running_)
    std::erase_if(ready, [this](UsageRecord& record) { return !take_growth(record); });
  for (UsageRecord& record : ready) record.sums.is_so_far = false;
  return ready;
}

std::vector<UsageRecord> TotalsSoFar::take(UsageRecord&& record, bool is_beside_calls) {
  if (!std::exchange(is_any_, true) && is_beside_calls) doubtful_ = record.place;
  if (!not_compared_.empty() && !doubtful_ &&
      not_compared_.contains(short_text_hash(run_of(record, numbering_))))
    doubtful_ = record.place;
  held_.push_back(std::move(record));
  if (!is_decided_ && held_.size() == next_asked_) {
    next_asked_ *= 2;
    decide(false);
  }
  return is_decided_ ? release() : std::vector<UsageRecord>();
}

std::vector<UsageRecord> TotalsSoFar::finish() {
  if (!is_decided_ && !held_.empty()) decide(true);
  return release();
}

}  // namespace usagectl
