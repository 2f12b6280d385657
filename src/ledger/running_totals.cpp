#include "ledger/running_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ledger/group_key.hpp"

namespace usagectl {
namespace {

constexpr std::array kRunning = {Counter::input, Counter::output, Counter::total};

/// One place in a series: where its running total stood, and what was counted from there on.
struct Step {
  Unit* unit = nullptr;
  UsageRecord* held = nullptr;  ///< nothing where the total stood at 0
  Counts start;
  Counts end;
};
using Steps = std::vector<Step>;

Counts sum(const Counts& start, const Tally& more) {
  Counts end;
  for (const Counter counter : kRunning) {
    const auto from = start[counter];
    if (!from) continue;
    ExactSum total(*from);
    total += more.sums[static_cast<std::size_t>(counter)];
    end.set(counter, total.count());
  }
  return end;
}

bool holds(const Counts& later, const Counts& earlier) {
  return std::all_of(kRunning.begin(), kRunning.end(), [&](Counter counter) {
    const auto is = later[counter];
    const auto was = earlier[counter];
    return !is || !was || *is >= *was;
  });
}

Counts growth(const Counts& from, const Counts& to) {
  Counts grown;
  for (const Counter counter : kRunning) {
    const auto was = from[counter];
    const auto is = to[counter];
    if (was && is)
      grown.set(counter, *is - *was);
    else if (from.is_open(counter) || to.is_open(counter))
      grown.leave_open(counter);
  }
  return grown;
}

bool is_zero(const Counts& counts) {
  return std::all_of(kRunning.begin(), kRunning.end(),
                     [&](Counter counter) { return counts[counter].value_or(0) == 0; });
}

class Settler {
 public:
  Settler(Books& books, std::vector<UsageRecord> held_back)
      : books_(books), held_(std::move(held_back)) {}

  Observations settle() {
    for (auto& [name, steps] : series()) walk(steps);
    return std::move(settled_);
  }

 private:
  const std::string& file_of(const Step& step) const {
    return books_.file_names[step.held != nullptr ? step.held->place.file : step.unit->place.file];
  }

  /// Every series that has a running total, its steps in order.
  std::map<std::string, Steps> series() {
    std::map<const Unit*, UsageRecord*> held_of;
    std::set<std::string> names;
    for (UsageRecord& held : held_) {
      held_of[&books_.units[held.unit]] = &held;
      const Unit& unit = books_.units[held.unit];
      names.insert(unit.series);
      if (unit.number) first_time_ = std::min(first_time_, *unit.number);
    }
    for (const Unit& unit : books_.units) {
      if (unit.starts_at && !unit.views.empty()) names.insert(unit.series);
    }
    std::map<std::string, Steps> all;
    for (Unit& unit : books_.units) {
      if (unit.series.empty() || !names.contains(unit.series)) continue;
      const auto held = held_of.find(&unit);
      Step step;
      step.unit = &unit;
      if (held != held_of.end()) {
        step.held = held->second;
        step.start = held->second->counts;
      } else if (unit.starts_at && !unit.views.empty()) {
        step.start = *unit.starts_at;
      } else {
        continue;
      }
      step.end = sum(step.start, unit.grown);
      all[unit.series].push_back(step);
    }
    for (auto& [name, steps] : all) {
      set_aside_snapshots_within_streams(steps);
      steps = in_order(std::move(steps));
    }
    return all;
  }

  /// A stream without a time tells its requests one by one; a snapshot from between them tells
  /// nothing more.
  void set_aside_snapshots_within_streams(Steps& steps) {
    const auto is_within = [](const Counts& total, const Step& stream) {
      return !stream.unit->number && holds(total, stream.start) && holds(stream.end, total) &&
             !(total == stream.start) && !(total == stream.end);
    };
    std::erase_if(steps, [&](const Step& step) {
      const bool is_told =
          step.unit->number && std::any_of(steps.begin(), steps.end(), [&](const Step& other) {
            return is_within(step.start, other);
          });
      if (!is_told) return false;
      set_aside(step);
      step.unit->series.clear();
      return true;
    });
  }

  /// Steps with a time by their time, others by the names of their files; between the two, what
  /// holds less came first.
  Steps in_order(Steps steps) const {
    const auto has_time = [](const Step& step) { return step.unit->number.has_value(); };
    const auto named = std::stable_partition(steps.begin(), steps.end(), has_time);
    std::stable_sort(steps.begin(), named, [](const Step& a, const Step& b) {
      return *a.unit->number < *b.unit->number;
    });
    std::stable_sort(named, steps.end(), [&](const Step& a, const Step& b) {
      return natural_less(file_of(a), file_of(b));
    });
    Steps merged;
    auto next = named;
    for (auto timed = steps.begin(); timed != named; ++timed) {
      while (next != steps.end() && holds(timed->end, next->end)) merged.push_back(*next++);
      merged.push_back(*timed);
    }
    merged.insert(merged.end(), next, steps.end());
    return merged;
  }

  void walk(const Steps& steps) {
    const Step* before = nullptr;
    for (const Step& step : steps) {
      if (before == nullptr) {
        if (step.held != nullptr)
          add(step, step.start, is_new_thread(step) ? Role::request : Role::cumulative);
      } else {
        follow(*before, step);
      }
      before = &step;
      // What is counted now are differences: they add up, and no later snapshot holds them.
      step.unit->series.clear();
    }
  }

  void follow(const Step& before, const Step& step) {
    if (holds(step.start, before.end)) {
      for (const Counter counter : kRunning) {
        if (step.start.has(counter) && before.end.has(counter)) settled_.held();
      }
      const Counts grown = growth(before.end, step.start);
      if (step.held == nullptr) return;
      if (is_zero(grown)) return set_aside(step);
      if (step.held->running == Running::before_its_requests) report_missing(before, step);
      add(step, grown, step.held->running == Running::total ? Role::request : Role::cumulative);
      return;
    }
    report_fall(before, step);
    if (step.held != nullptr) add(step, step.start, Role::cumulative);
  }

  /// A thread that the first snapshots do not list began at 0.
  bool is_new_thread(const Step& step) const {
    return step.unit->number && *step.unit->number > first_time_;
  }

  void set_aside(const Step& step) {
    if (step.held->running == Running::before_its_requests) return settled_.duplicate();
    settled_.ignored("snapshot of a thread that tells nothing more");
  }

  void add(const Step& step, const Counts& counts, Role role) {
    UsageRecord record = std::move(*step.held);
    record.running = Running::no;
    record.role = role;
    record.counts = counts;
    if (!record.given.empty()) record.given = counts;
    settled_.record(std::move(record));
  }

  Place place_of(const Step& step) const {
    return step.held != nullptr ? step.held->place : step.unit->place;
  }

  void report_missing(const Step& before, const Step& step) {
    Finding finding;
    finding.rule = Rule::continuity;
    finding.severity = Severity::warning;
    finding.place = place_of(step);
    finding.counter = name_of(Counter::total);
    finding.asserted = step.start[Counter::total];
    finding.calculated = before.end[Counter::total];
    finding.basis = fmt::format("when {} ended", file_of(before));
    finding.cause = "request-missing";
    finding.explanation =
        "the thread's total grew between two streams: a request in between was not captured";
    settled_.finding(std::move(finding));
  }

  void report_fall(const Step& before, const Step& step) {
    for (const Counter counter : kRunning) {
      const auto is = step.start[counter];
      const auto was = before.end[counter];
      if (!is || !was) continue;
      if (*is >= *was) {
        settled_.held();
        continue;
      }
      Finding finding;
      finding.rule = Rule::continuity;
      finding.place = place_of(step);
      finding.counter = name_of(counter);
      finding.asserted = is;
      finding.calculated = was;
      finding.basis = fmt::format("in the snapshot before, {}", file_of(before));
      finding.cause = "counter-reset";
      finding.explanation = "a running total fell from one snapshot to the next";
      settled_.finding(std::move(finding));
    }
  }

  Books& books_;
  Observations settled_;
  std::vector<UsageRecord> held_;
  std::uint64_t first_time_ = std::numeric_limits<std::uint64_t>::max();  ///< of all snapshots
};

}  // namespace

Observations settle_running_totals(Books& books, std::vector<UsageRecord> held_back) {
  return Settler(books, std::move(held_back)).settle();
}

}  // namespace usagectl
