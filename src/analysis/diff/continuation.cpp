#include "analysis/diff/continuation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::requests, Counter::input,     Counter::cache_read,
                                  Counter::output,   Counter::reasoning, Counter::total};
constexpr std::size_t kMostNamed = 3;

using Ids = std::vector<std::string>;

bool begins_with(const Ids& longer, const Ids& shorter) {
  return shorter.size() <= longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

/// Whether `later` goes on from `earlier`: it begins with its end, and a chain of limited depth may
/// have lost its beginning.
bool goes_on(const Ids& earlier, const Ids& later) {
  for (std::size_t lost = 0; lost < earlier.size(); ++lost) {
    if (begins_with(later, {earlier.begin() + static_cast<std::ptrdiff_t>(lost), earlier.end()}))
      return later.size() > earlier.size() - lost;
  }
  return false;
}

/// The key by which both name their parts; nothing where they have no name in common.
std::optional<std::size_t> common_key(const Side& a, const Side& b) {
  constexpr std::size_t kInOrder[] = {2, 1, 0};  // entity, thread, model
  for (const std::size_t key : kInOrder) {
    for (const auto& [name, tally] : a.sums.by[key]) {
      if (b.sums.by[key].contains(name)) return key;
    }
  }
  return std::nullopt;
}

class States {
 public:
  States(const Side& a, const Side& b) : a_(a), b_(b) {}

  Continuation found;

  void compare_totals(std::size_t key) {
    found.key = kBreakdownKeys[key];
    for (const auto& [name, tally] : a_.sums.by[key]) {
      const auto other = b_.sums.by[key].find(name);
      if (other == b_.sums.by[key].end()) {
        lost(less_in_b_, name, "is gone");
        ++found.added;
        continue;
      }
      for (const Counter counter : kCompared) {
        const auto before = tally.sum_of(counter);
        const auto after = other->second.sum_of(counter);
        if (!before || !after) continue;
        if (*before == *after) ++found.stayed;
        if (*before < *after) {
          ++found.grown;
          less_in_a_.push_back(
              fmt::format("{} of {} {}", usagectl::name_of(counter), found.key, name));
        }
        if (*before > *after) {
          ++found.shrunk;
          less_in_b_.push_back(
              fmt::format("{} of {} {}", usagectl::name_of(counter), found.key, name));
        }
      }
    }
    for (const auto& [name, tally] : b_.sums.by[key]) {
      if (a_.sums.by[key].contains(name)) continue;
      lost(less_in_a_, name, "is gone");
      ++found.added;
    }
  }

  void compare_chains() {
    for (const auto& [owner, ids] : a_.chains) {
      const auto other = b_.chains.find(owner);
      if (other == b_.chains.end() || ids.empty() || other->second.empty()) continue;
      if (ids == other->second) {
        ++found.chains_same;
      } else if (goes_on(ids, other->second)) {
        ++found.chains_extended;
      } else if (goes_on(other->second, ids)) {
        ++found.chains_shortened;
      } else {
        ++found.chains_replaced;
      }
    }
  }

  /// Ticks that both have, with the same numbers.
  void compare_ticks() {
    constexpr std::size_t kTick = 3;
    for (const auto& [tick, tally] : a_.sums.by[kTick]) {
      const auto other = b_.sums.by[kTick].find(tick);
      if (other == b_.sums.by[kTick].end()) continue;
      const auto before = tally.sum_of(Counter::total);
      if (!before || *before == 0) continue;
      ++(before == other->second.sum_of(Counter::total) ? found.ticks_same : found.ticks_apart);
    }
  }

  /// Calls with the same numbers, one after the other, from the first on.
  void compare_calls() {
    const std::size_t shorter = std::min(a_.calls.size(), b_.calls.size());
    std::size_t alike = 0;
    const auto is_alike = [](const Call& a, const Call& b) {
      return a.counts == b.counts && a.model == b.model && a.id == b.id;
    };
    while (alike < shorter && is_alike(a_.calls[alike], b_.calls[alike])) ++alike;
    // A few equal calls may be chance.
    if (alike == shorter && alike > 1) found.calls_in_both = alike;
  }

  void judge(const Pairs& pairs) {
    const bool ids_are_shared =
        pairs.by == PairedBy::id &&
        (pairs.calls.size() == a_.calls.size() || pairs.calls.size() == b_.calls.size());
    const bool ticks_are_shared = found.ticks_same > 0 && found.ticks_apart == 0;
    found.is_proved = ticks_are_shared || found.calls_in_both > 0 || ids_are_shared ||
                      found.chains_extended + found.chains_shortened + found.chains_same > 0;
    const bool a_fits = less_in_a_.empty() && found.chains_extended == 0;
    const bool b_fits = less_in_b_.empty() && found.chains_shortened == 0;
    if (a_fits && b_fits) {
      found.verdict = Continues::same_state;
    } else if (b_fits) {
      found.verdict = Continues::b_continues_a;
    } else if (a_fits) {
      found.verdict = Continues::a_continues_b;
    } else {
      found.verdict = Continues::neither;
      const bool b_is_later = found.grown >= found.shrunk;
      found.against = b_is_later ? less_in_b_ : less_in_a_;
    }
    say();
  }

 private:
  void lost(std::vector<std::string>& list, const std::string& name, std::string_view how) const {
    list.push_back(fmt::format("{} {} {}", found.key, name, how));
  }

  void say() {
    const bool is_turned = found.verdict == Continues::a_continues_b;
    const auto text = [&](std::string_view fact) {
      return is_turned ? fmt::format("A {} B", fact) : fmt::format("B {} A", fact);
    };
    if (found.verdict == Continues::same_state) return;
    std::string& sentence = found.sentence;
    if (found.verdict == Continues::neither) {
      sentence = text("does not continue") + ": smaller or missing: ";
      const std::size_t named = std::min(kMostNamed, found.against.size());
      sentence += fmt::format(
          "{}", fmt::join(found.against.begin(),
                          found.against.begin() + static_cast<std::ptrdiff_t>(named), ", "));
      if (found.against.size() > named)
        sentence += fmt::format(" and {} more", found.against.size() - named);
    } else {
      sentence = text(found.is_proved ? "continues" : "may continue");
      const auto grown = is_turned ? found.shrunk : found.grown;
      sentence += fmt::format(": {} total{} grew, {} stayed, none shrank", grown,
                              grown == 1 ? "" : "s", found.stayed);
      if (found.added > 0)
        sentence +=
            fmt::format("; {} {}", found.added, found.added == 1 ? "name is new" : "names are new");
    }
    const auto extended = is_turned ? found.chains_shortened : found.chains_extended;
    if (extended + found.chains_same + found.chains_replaced > 0) {
      sentence += fmt::format("; chains: {} extended, {} the same, {} replaced", extended,
                              found.chains_same, found.chains_replaced);
    }
    if (found.ticks_same > 0)
      sentence += fmt::format("; {} common tick{} the same", found.ticks_same,
                              found.ticks_same == 1 ? " is" : "s are");
    if (found.calls_in_both > 0)
      sentence += fmt::format("; both begin with the same {} calls", found.calls_in_both);
  }

  const Side& a_;
  const Side& b_;
  std::vector<std::string> less_in_a_;
  std::vector<std::string> less_in_b_;
};

}  // namespace

std::string_view name_of(Continues continues) {
  switch (continues) {
    case Continues::unrelated: return "unrelated";
    case Continues::same_state: return "same_state";
    case Continues::b_continues_a: return "b_continues_a";
    case Continues::a_continues_b: return "a_continues_b";
    case Continues::neither: return "neither";
  }
  return "unrelated";
}

Continuation compare_states(const Side& a, const Side& b, const Pairs& pairs) {
  States states(a, b);
  const auto key = common_key(a, b);
  states.compare_chains();
  states.compare_ticks();
  states.compare_calls();
  const bool have_states = a.has_running_totals && b.has_running_totals;
  const bool have_chains = states.found.chains_extended + states.found.chains_shortened > 0;
  // Logs of single calls are compared call by call: where one has more, it may go on, or the other
  // has lost calls.
  if (!key || (!have_states && !have_chains)) return {};
  // Pairs of all calls are reports of the same calls, not two moments.
  if (pairs.by != PairedBy::nothing && a.calls.size() == b.calls.size()) return {};
  states.compare_totals(*key);
  states.judge(pairs);
  // Sums of the same model that both grew and shrank are other jobs.
  const bool is_of_models = states.found.key == "model";
  if (states.found.verdict == Continues::neither && is_of_models && !states.found.is_proved)
    return {};
  return states.found;
}

}  // namespace usagectl
