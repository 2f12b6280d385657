#include "formats/reading/other_usages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "formats/reading/left_open.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostPlaces = 64;
constexpr std::string_view kRunning = "running total beside the calls";
/// Marks a key that has one number.
constexpr Count kTotalAlone = -1;

/// The pointer with a star for each position in a list.
std::string without_positions(std::string_view pointer) {
  std::string pattern;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string_view token = pointer.substr(at + 1, end - at - 1);
    pattern += '/';
    pattern += is_position(token) ? std::string_view("*") : token;
    at = end;
  }
  return pattern;
}

/// The sums of what all of them know.
Counts whole_sums(const Tally& tally) {
  Counts sums;
  for (const Counter counter : kCounters) sums.set(counter, whole_sum(tally, counter));
  return sums;
}

}  // namespace

void OtherUsages::look(const Catalogue& catalogue, const Json& document, const Place& place,
                       const IsRead& is_read, Observations& observations,
                       const std::function<void()>& tell_what_is_read) {
  std::vector<Other> others;
  const UsageSearch::Visit visit = [&](const Counts& counts, const std::string& pointer,
                                       bool is_number) {
    if (counts.empty() || has_tokens(counts))
      others.push_back({.counts = counts, .pointer = pointer, .is_number = is_number});
    else
      observations.ignored("empty usage");
  };
  search_.look(catalogue, document, is_read, visit);
  if (others.empty()) return;
  if (tell_what_is_read) tell_what_is_read();
  index();
  if (others.size() > 1) take_lists(others);
  for (const Other& other : others) {
    if (!other.rule.empty()) {
      observations.ignored(other.rule);
      continue;
    }
    std::string pattern = without_positions(other.pointer);
    if (at_.size() >= kMostPlaces && !at_.contains(pattern)) pattern.clear();
    judge(other, at_[pattern], {place.file, place.line, place.pointer + other.pointer},
          observations);
  }
}

/// What stands in lists and maps says more together than alone.
void OtherUsages::take_lists(std::vector<Other>& others) {
  std::map<std::string, List, std::less<>> lists;
  for (Other& other : others) {
    if (other.is_number) continue;
    const std::string pattern = without_positions(other.pointer);
    std::set<std::string> patterns = {pattern};
    for (std::size_t at = 0; at < pattern.size();) {
      const std::size_t end = std::min(pattern.find('/', at + 1), pattern.size());
      patterns.insert(pattern.substr(0, at) + "/*" + pattern.substr(end));
      at = end;
    }
    for (const std::string& name : patterns) lists[name].push_back(&other);
  }
  for (const auto& [pattern, list] : lists) {
    if (list.size() > 1) take_parts(list);
  }
  for (const auto& [pattern, list] : lists) {
    if (list.size() > 1) take_running(list);
  }
}

/// The calls of a sum that is read add up to it; others may repeat them.
void OtherUsages::take_parts(const List& list) {
  Tally sum;
  for (const Other* part : list) sum.add(part->counts);
  if (!repeats(whole_sums(sum))) return;
  for (Other* part : list) {
    part->rule = "part of a counted usage";
    add_keys(part->counts);
  }
  sort_keys();
}

/// Totals so far grow by what is read, from one to the next.
void OtherUsages::take_running(const List& list) const {
  const auto grows = [&](const Counts& from, const Counts& to) {
    Counts step;
    for (const Counter counter : kCounters) {
      if (from.has(counter) && to.has(counter))
        step.set(counter, (ExactSum(*to[counter]) -= *from[counter]).count());
    }
    return !has_tokens(step) || repeats(step);
  };
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (!grows(list[i - 1]->counts, list[i]->counts)) return;
  }
  if (!repeats(list.front()->counts)) return;
  for (Other* total : list) total->rule = kRunning;
}

void OtherUsages::judge(const Other& other, AtPlace& at, const Place& place,
                        Observations& observations) {
  const Counts& counts = other.counts;
  const bool may_be_running = std::exchange(at.may_be_running, false);
  const std::optional<Counts> last = std::exchange(at.last, counts);
  const Place place_of_last = std::exchange(at.place_of_last, place);
  const bool is_repeated = other.is_number ? holds_number(counts) : repeats(counts);
  at.is_number = other.is_number;
  const bool is_running = last && goes_on(*last, counts) && (!is_repeated || may_be_running);
  if (may_be_running && is_running) {
    observations.ignored(kRunning);
  } else if (may_be_running) {
    note_other(at, place_of_last);
  }
  if (is_running) {
    observations.ignored(kRunning);
  } else if (is_repeated) {
    if (other.is_number)
      observations.held();
    else
      observations.duplicate();
  } else {
    at.may_be_running = true;
  }
}

void OtherUsages::note_other(AtPlace& at, const Place& place) {
  if (at.others++ == 0) at.first = place;
}

void OtherUsages::finish(Observations& observations) {
  for (auto& [pattern, at] : at_) {
    if (at.may_be_running) note_other(at, at.place_of_last);
    if (at.others == 0) continue;
    observations.ignored(at.is_number ? "number of tokens beside what is counted"
                                      : "usage object beside a counted one",
                         at.others);
    observations.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = at.first,
         .cause = kNotCounted,
         .explanation =
             at.others == 1
                 ? fmt::format("not counted: another {}, which differs from what is counted "
                               "beside it",
                               at.is_number ? "number of tokens" : "usage object")
                 : fmt::format("not counted: {} other {}, which differ from what is counted "
                               "beside them",
                               at.others, at.is_number ? "numbers of tokens" : "usage objects")});
  }
  at_.clear();
}

/// Makes ready what `repeats` and `goes_on` ask.
void OtherUsages::index() {
  keys_.clear();
  numbers_.clear();
  counted_ = {};
  for (const Read& one : read_) {
    add_keys(one.counts);
    if (one.is_counted) counted_.add(one.counts);
  }
  if (counted_.records > 1) add_keys(whole_sums(counted_));
  sort_keys();
}

void OtherUsages::add_keys(const Counts& counts) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  const auto total = counts[Counter::total];
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (const auto number = counts[kCounters[i]]) numbers_.push_back(*number);
  }
  if (total) keys_.push_back({kTotalAlone, *total, counts});
  if (!output || !input) return;
  // In other words the input is without its cache.
  const Count read = counts[Counter::cache_read].value_or(0);
  const Count written = counts[Counter::cache_write].value_or(0);
  for (const Count cached : {Count(0), read, written, read + written})
    keys_.push_back({*input - cached, *output, counts});
}

void OtherUsages::sort_keys() {
  std::sort(keys_.begin(), keys_.end(),
            [](const Key& one, const Key& other) { return one.is_before(other); });
  std::sort(numbers_.begin(), numbers_.end());
}

bool OtherUsages::repeats(const Counts& counts) const {
  constexpr Counter kParts[] = {Counter::cache_read, Counter::cache_write, Counter::reasoning};
  const auto holds = [&](const Key& key) {
    const auto [first, last] =
        std::equal_range(keys_.begin(), keys_.end(), key,
                         [](const Key& one, const Key& other) { return one.is_before(other); });
    return std::any_of(first, last, [&](const Key& read) {
      return std::none_of(std::begin(kParts), std::end(kParts), [&](Counter part) {
        return counts.has(part) && read.counts.has(part) && counts[part] != read.counts[part];
      });
    });
  };
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  if (input && output) return holds({*input, *output, {}});
  return counts.has(Counter::total) && holds({kTotalAlone, *counts[Counter::total], {}});
}

/// Whether it is any count of what is read, or of all of it.
bool OtherUsages::holds_number(const Counts& counts) const {
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    const auto number = counts[kCounters[i]];
    if (number && !std::binary_search(numbers_.begin(), numbers_.end(), *number)) return false;
  }
  return true;
}

/// Whether what is counted here was added to the counts of the line before.
bool OtherUsages::goes_on(const Counts& last, const Counts& counts) const {
  bool any = false;
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    const auto before = last[counter];
    const auto now = counts[counter];
    if (!before || !now) continue;
    if (counted_.records > 0 && counted_.known_of(counter) == 0) continue;
    ExactSum sum(*before);
    if (counted_.records > 0) sum += counted_.sum_of(counter).value_or(0);
    if (sum.count() != now) return false;
    any = true;
  }
  return any;
}

}  // namespace usagectl
