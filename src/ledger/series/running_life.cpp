#include "ledger/series/running_life.hpp"

#include <algorithm>
#include <iterator>

namespace usagectl {

bool holds_total(const Counts& later, const Counts& earlier) {
  return std::all_of(kRunningCounters.begin(), kRunningCounters.end(), [&](Counter counter) {
    const auto is = later[counter];
    const auto was = earlier[counter];
    return !is || !was || *is >= *was;
  });
}

RunningLife::Key RunningLife::key_of(const Counts& value) {
  return {value[Counter::total].value_or(0), value[Counter::input].value_or(0),
          value[Counter::output].value_or(0)};
}

/// A point goes between two others when nothing falls, and when no request was being answered there
/// that somebody else tells of as a whole. A snapshot may be taken at any time.
bool RunningLife::may_stand(const RunningPoint& point) const {
  const Key key = key_of(point.value);
  const auto after = nodes_.lower_bound(key);
  if (after != nodes_.end() && !holds_total(after->second.value, point.value)) return false;
  const bool is_known = after != nodes_.end() && after->first == key;
  if (after == nodes_.begin() || is_known) return true;
  const Node& before = std::prev(after)->second;
  if (!holds_total(point.value, before.value)) return false;
  return point.is_timed || !before.request_ends || *before.request_ends <= key;
}

/// Nothing that a stream tells of stands between the start and the end of one request.
bool RunningLife::is_alone(const Key& start, const Key& end) const {
  for (auto node = nodes_.upper_bound(start); node != nodes_.end() && node->first < end; ++node) {
    if (node->second.is_told_by_stream) return false;
  }
  return true;
}

RunningLife::Fit RunningLife::fit(const RunningSegment& segment) const {
  Fit fit;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const RunningPoint& point = segment[i];
    const Key key = key_of(point.value);
    if (!may_stand(point)) return {};
    if (point.ends_alone && i > 0 && !is_alone(key_of(segment[i - 1].value), key)) return {};
    // Every total begins at 0.
    if (key != Key{} && nodes_.contains(key)) ++fit.shared;
  }
  if (fit.shared > 0) {
    fit.where = Where::shared;
  } else if (holds_total(segment.front().value, last())) {
    fit.where = Where::after;
  } else if (holds_total(nodes_.begin()->second.value, segment.back().value)) {
    fit.where = Where::before;
  } else {
    fit.where = Where::between;
  }
  return fit;
}

void RunningLife::add(const RunningSegment& segment) {
  sequences_.insert(segment.front().sequence);
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const RunningPoint& point = segment[i];
    const Key key = key_of(point.value);
    Node& node = nodes_[key];
    if (node.points.empty()) node.value = point.value;
    node.points.push_back(point);
    node.is_told_by_stream = node.is_told_by_stream || !point.is_timed;
    if (!point.ends_alone || i == 0) continue;
    const Key start = key_of(segment[i - 1].value);
    if (start != key) nodes_[start].request_ends = key;
  }
  if (segment.front().is_timed) return;
  Key& end = streams_[key_of(segment.front().value)];
  end = std::max(end, key_of(segment.back().value));
}

bool RunningLife::is_within_a_stream(const Counts& value) const {
  const Key key = key_of(value);
  auto stream = streams_.upper_bound(key);
  // Streams that overlap are few: the ones that begin last are asked.
  constexpr int kAsked = 16;
  for (int asked = 0; stream != streams_.begin() && asked < kAsked; ++asked) {
    --stream;
    if (key <= stream->second) return true;
  }
  return false;
}

}  // namespace usagectl
