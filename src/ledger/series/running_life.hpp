#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "ledger/books/books.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

inline constexpr std::array kRunningCounters = {Counter::input, Counter::output, Counter::total};

/// One telling of where a running total stood.
struct RunningPoint {
  UsageRecord* record = nullptr;
  Unit* unit = nullptr;
  Counts value;
  std::size_t sequence = 0;  ///< its file, or all that tells its time
  bool is_timed = false;
  bool is_before = false;  ///< before the requests of its unit, not after one
  /// After a request whose own start is the point just before it: nothing else was used between.
  bool ends_alone = false;
};

/// Points in an order that is known, none of them below the one before.
using RunningSegment = std::vector<RunningPoint>;

/// Whether `later` is at least `earlier` in every counter that both have.
bool holds_total(const Counts& later, const Counts& earlier);

/// A running total from one start to the next: all of its tellings, whatever file they stand in, in
/// the one order in which nothing falls.
class RunningLife {
 public:
  enum class Where : std::uint8_t {
    nowhere,  ///< in no order, or it would be used while a single request was answered
    between,  ///< among points of others
    before,   ///< all others
    after,    ///< all others
    shared,   ///< it tells of points that are known
  };
  /// How a segment goes into the life.
  struct Fit {
    Where where = Where::nowhere;
    std::size_t shared = 0;  ///< points that are known
    auto operator<=>(const Fit&) const = default;
  };
  Fit fit(const RunningSegment& segment) const;
  bool holds_sequence(std::size_t sequence) const { return sequences_.contains(sequence); }
  void add(const RunningSegment& segment);

  struct Key {
    Count total = 0;
    Count input = 0;
    Count output = 0;
    auto operator<=>(const Key&) const = default;
  };
  struct Node {
    Counts value;
    std::vector<RunningPoint> points;
    std::optional<Key> request_ends;  ///< of a request that starts here, and nothing stands between
    bool is_told_by_stream = false;
  };
  const std::map<Key, Node>& nodes() const { return nodes_; }
  const Counts& last() const { return nodes_.rbegin()->second.value; }
  const RunningPoint& last_point() const { return nodes_.rbegin()->second.points.front(); }
  /// Whether a stream tells of everything around this total.
  bool is_within_a_stream(const Counts& value) const;

 private:
  static Key key_of(const Counts& value);
  bool may_stand(const RunningPoint& point) const;
  bool is_alone(const Key& start, const Key& end) const;

  std::map<Key, Node> nodes_;
  std::set<std::size_t> sequences_;
  std::map<Key, Key> streams_;  ///< start of each untimed segment, and the furthest end
};

}  // namespace usagectl
