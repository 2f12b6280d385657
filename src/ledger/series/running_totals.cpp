#include "ledger/series/running_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ledger/books/group_key.hpp"
#include "ledger/series/running_life.hpp"
#include "ledger/series/snapshot_series.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostLivesAsked = 64;

Counts growth(const Counts& from, const Counts& to) {
  Counts grown;
  for (const Counter counter : kRunningCounters) {
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
  return std::all_of(kRunningCounters.begin(), kRunningCounters.end(),
                     [&](Counter counter) { return counts[counter].value_or(0) == 0; });
}

/// A stream tells of its requests, a snapshot only of where the total stood.
bool is_request(const RunningPoint& point) {
  return !point.is_timed && point.record->counts.has(Counter::requests);
}

/// "part-1.sse" and "part-2.sse": names that say in which order the files were written.
bool are_numbered(std::string_view a, std::string_view b) {
  const auto without_digits = [](std::string_view name) {
    std::string rest;
    for (const char c : name) {
      if (c < '0' || c > '9') rest += c;
    }
    return rest;
  };
  return a != b && without_digits(a) == without_digits(b);
}

class Settler {
 public:
  Settler(Books& books, std::vector<UsageRecord> held_back)
      : books_(books), held_(std::move(held_back)) {}

  Observations settle() {
    for (auto& [name, points] : series()) walk(lives_of(std::move(points)));
    return std::move(settled_);
  }

 private:
  using Points = std::vector<RunningPoint>;

  const std::string& file_of(const RunningPoint& point) const {
    return books_.file_names[point.record->place.file];
  }

  /// The points of every series, in the order that is known: those with a time by their time, then
  /// those of each file as they stand in it, the files by their names.
  std::map<std::string, Points> series() {
    std::map<std::string, Points> all;
    for (UsageRecord& held : held_) {
      Unit& unit = books_.units[held.unit];
      RunningPoint point;
      point.record = &held;
      point.unit = &unit;
      point.value = held.counts;
      point.is_timed = unit.number.has_value();
      point.is_before = held.running == Running::before_its_requests;
      point.sequence = point.is_timed ? 0 : std::size_t{held.place.file} + 1;
      if (unit.number) first_time_ = std::min(first_time_, *unit.number);
      all[unit.series].push_back(point);
    }
    for (auto& [name, points] : all) {
      const auto named = std::stable_partition(
          points.begin(), points.end(), [](const RunningPoint& point) { return point.is_timed; });
      std::stable_sort(points.begin(), named, [](const RunningPoint& a, const RunningPoint& b) {
        return *a.unit->number < *b.unit->number;
      });
      std::stable_sort(named, points.end(), [&](const RunningPoint& a, const RunningPoint& b) {
        if (a.sequence != b.sequence) return natural_less(file_of(a), file_of(b));
        return a.record->place.line < b.record->place.line;
      });
      for (std::size_t i = 1; i < points.size(); ++i) {
        const bool is_one_stream = points[i - 1].unit == points[i].unit;
        points[i].ends_alone = is_one_stream && points[i - 1].is_before && !points[i].is_before;
      }
    }
    // What is counted now are differences: they add up, and no later snapshot holds them.
    for (UsageRecord& held : held_) {
      if (is_covered(books_, books_.units[held.unit].series, held.place.file))
        held.view = {View::kNeverCounted, "reported in more detail elsewhere"};
    }
    for (UsageRecord& held : held_) books_.units[held.unit].series.clear();
    return all;
  }

  /// Puts together what one running total tells of, wherever that stands. Only where no order
  /// explains all of it was it reset.
  std::vector<RunningLife> lives_of(Points points) {
    std::vector<RunningLife> lives;
    for (std::size_t begin = 0; begin < points.size();) {
      std::size_t end = begin + 1;
      while (end < points.size() && points[end].sequence == points[begin].sequence &&
             holds_total(points[end].value, points[end - 1].value))
        ++end;
      const RunningSegment segment(points.begin() + static_cast<std::ptrdiff_t>(begin),
                                   points.begin() + static_cast<std::ptrdiff_t>(end));
      const bool fell = begin > 0 && points[begin - 1].sequence == points[begin].sequence;
      add(segment, fell ? &points[begin - 1] : nullptr, lives);
      begin = end;
    }
    return lives;
  }

  void add(const RunningSegment& segment, const RunningPoint* fell_from,
           std::vector<RunningLife>& lives) {
    RunningLife* best = nullptr;
    RunningLife::Fit best_fit;
    const std::size_t oldest = lives.size() - std::min(lives.size(), kMostLivesAsked);
    for (std::size_t i = lives.size(); i > oldest; --i) {
      // After a fall the same total is another one.
      if (lives[i - 1].holds_sequence(segment.front().sequence)) continue;
      const RunningLife::Fit fit = lives[i - 1].fit(segment);
      if (fit.where == RunningLife::Where::nowhere || !(best_fit < fit)) continue;
      best = &lives[i - 1];
      best_fit = fit;
    }
    if (best != nullptr) {
      report_unsure_order(segment, *best, best_fit);
      best->add(segment);
      return;
    }
    if (fell_from != nullptr) {
      report_fall(*fell_from, segment.front());
    } else if (!lives.empty()) {
      report_fall(lives.back().last_point(), segment.front());
    }
    lives.emplace_back().add(segment);
  }

  void walk(const std::vector<RunningLife>& lives) {
    for (const RunningLife& life : lives) {
      const Counts* before = nullptr;
      const RunningPoint* told_before = nullptr;
      for (const auto& [key, node] : life.nodes()) {
        const bool is_new = before == nullptr;
        if (tell(life, node, before, told_before) || is_new) before = &node.value;
        told_before = &node.points.front();
      }
    }
  }

  /// Counts what was used up to a point. False when nothing was said of it.
  bool tell(const RunningLife& life, const RunningLife::Node& node, const Counts* before,
            const RunningPoint* told_before) {
    if (!node.is_told_by_stream && before != nullptr && life.is_within_a_stream(node.value)) {
      for (const RunningPoint& point : node.points) set_aside(point);
      return false;
    }
    if (before != nullptr) {
      for (const Counter counter : kRunningCounters) {
        if (node.value.has(counter) && before->has(counter)) settled_.held();
      }
    }
    const RunningPoint* first = first_of(node, before == nullptr);
    std::map<std::size_t, std::uint64_t> told;  // how often each sequence tells of a request here
    std::uint64_t counted = 0;
    if (first != nullptr) {
      count_growth(*first, before, told_before);
      if (is_request(*first)) {
        ++told[first->sequence];
        ++counted;
      }
    }
    for (const RunningPoint& point : node.points) {
      if (first != nullptr && point.record == first->record) continue;
      if (point.is_before || !is_request(point)) {
        set_aside(point);
      } else if (++told[point.sequence] > counted) {
        // A request that used nothing; it is another one only in the file that has told of it.
        ++counted;
        add(point, growth(node.value, node.value), Role::request);
      } else {
        settled_.duplicate();
      }
    }
    return true;
  }

  /// The point that tells best of what was used up to it: a request that says where it started,
  /// then any other. Nothing where the total was at 0.
  static const RunningPoint* first_of(const RunningLife::Node& node, bool is_start) {
    const RunningPoint* best = nullptr;
    const auto rank = [&](const RunningPoint& point) {
      if (point.is_before) return is_start ? 2 : 0;
      if (!is_request(point)) return 1;
      return point.ends_alone && !is_start ? 4 : 3;
    };
    for (const RunningPoint& point : node.points) {
      // A request that starts and ends where the life begins used nothing of what is there.
      if (is_start && point.ends_alone) continue;
      if (best == nullptr || rank(point) > rank(*best)) best = &point;
    }
    const bool starts_at_nothing = is_start && is_zero(node.value);
    return best != nullptr && starts_at_nothing && best->is_before ? nullptr : best;
  }

  void count_growth(const RunningPoint& point, const Counts* before,
                    const RunningPoint* told_before) {
    if (before == nullptr) {
      return add(point, point.value, is_new_thread(point) ? Role::request : Role::cumulative);
    }
    if (point.is_before) {
      report_missing(*before, *told_before, point);
      return add(point, growth(*before, point.value), Role::cumulative);
    }
    add(point, growth(*before, point.value), Role::request);
  }

  /// A thread that the first snapshots do not list began at 0.
  bool is_new_thread(const RunningPoint& point) const {
    return point.is_timed && *point.unit->number > first_time_;
  }

  void set_aside(const RunningPoint& point) {
    if (point.is_before) {
      if (is_zero(point.value)) return settled_.ignored("thread that starts at 0");
      return settled_.duplicate();
    }
    settled_.ignored("snapshot of a thread with nothing new");
  }

  void add(const RunningPoint& point, const Counts& counts, Role role) {
    const bool is_stream = is_request(point);
    UsageRecord record = std::move(*point.record);
    const auto requests = record.counts[Counter::requests];
    record.running = Running::no;
    record.role = role;
    record.counts = counts;
    if (!record.given.empty()) record.given = counts;
    if (role == Role::request && is_stream) record.counts.set(Counter::requests, requests);
    settled_.record(std::move(record));
  }

  void report_missing(const Counts& before, const RunningPoint& told_before,
                      const RunningPoint& point) {
    Finding finding;
    finding.rule = Rule::continuity;
    finding.severity = Severity::warning;
    finding.place = point.record->place;
    finding.counter = name_of(Counter::total);
    finding.asserted = point.value[Counter::total];
    finding.calculated = before[Counter::total];
    finding.basis = told_before.sequence == point.sequence
                        ? std::string("when the stream before it ended")
                        : fmt::format("when {} ended", file_of(told_before));
    finding.cause = "request-missing";
    finding.explanation =
        "the thread's total grew between two streams: a request in between was not captured";
    settled_.finding(std::move(finding));
  }

  /// Nothing says how the totals of two files follow each other: taken in rising order they may be
  /// one total, or two.
  void report_unsure_order(const RunningSegment& segment, const RunningLife& life,
                           const RunningLife::Fit& fit) {
    if (fit.where == RunningLife::Where::shared) return;
    const RunningPoint& first = segment.front();
    const RunningPoint& other = life.last_point();
    const bool is_proved =
        std::any_of(segment.begin(), segment.end(),
                    [](const RunningPoint& point) { return point.ends_alone || point.is_timed; });
    if (is_proved || other.is_timed) return;
    // A single request between two others is where the order of the totals puts it.
    const bool is_among = fit.where == RunningLife::Where::between && segment.size() > 1;
    const bool is_out_of_order =
        fit.where == RunningLife::Where::before && are_numbered(file_of(first), file_of(other));
    if (!is_among && !is_out_of_order) return;
    Finding finding;
    finding.rule = Rule::continuity;
    finding.severity = Severity::warning;
    finding.place = first.record->place;
    finding.counter = name_of(Counter::total);
    finding.asserted = first.value[Counter::total];
    finding.calculated = other.value[Counter::total];
    finding.basis = fmt::format("in {}", file_of(other));
    finding.cause = "order-unknown";
    finding.explanation = fmt::format(
        "the running totals of this file lie {} those of another: they are taken for one total "
        "that only grew, and may be two",
        is_among ? "among" : "below");
    settled_.finding(std::move(finding));
  }

  void report_fall(const RunningPoint& before, const RunningPoint& point) {
    for (const Counter counter : kRunningCounters) {
      const auto is = point.value[counter];
      const auto was = before.value[counter];
      if (!is || !was) continue;
      if (*is >= *was) {
        settled_.held();
        continue;
      }
      Finding finding;
      finding.rule = Rule::continuity;
      finding.place = point.record->place;
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
