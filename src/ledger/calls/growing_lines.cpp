#include "ledger/calls/growing_lines.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "formats/reading/usage_search.hpp"

namespace usagectl {
namespace {

/// Where a position in a pointer ends, counted from the last one: "/history/0/usage" has one.
std::size_t end_of_position(std::string_view pointer, int from_last) {
  std::size_t end = pointer.size();
  while (end > 0) {
    const std::size_t slash = pointer.rfind('/', end - 1);
    if (slash == std::string_view::npos) break;
    if (is_position(pointer.substr(slash + 1, end - slash - 1)) && from_last-- == 0) return end;
    end = slash;
  }
  return 0;
}

/// It is in a list of its line, or in a list of a list of its document, and no id tells it from
/// others. Documents in an unknown format are looked at as a whole.
bool is_in_a_list(const UsageRecord& record) {
  if (record.role != Role::request || record.same_id != SameId::nothing ||
      record.view.rank == View::kNeverCounted || record.place.pointer.empty())
    return false;
  if (record.place.line > 0) return end_of_position(record.place.pointer, 0) > 0;
  return record.format == "provider.response" && end_of_position(record.place.pointer, 1) > 0;
}

/// The item of a list that holds the list of the call; empty for lines.
std::string_view item_of(const UsageRecord& record) {
  const std::string_view pointer = record.place.pointer;
  return record.place.line > 0 ? std::string_view()
                               : pointer.substr(0, end_of_position(pointer, 1));
}

bool are_of_one_line(const UsageRecord& a, const UsageRecord& b) {
  return a.place.line == b.place.line && item_of(a) == item_of(b);
}

/// The conversation that a line is of, where it says so.
std::string_view run_of(const UsageRecord& record) {
  for (const std::string_view name : {"session", "thread", "run"}) {
    if (const std::string* const value = scope_value(record, name)) return *value;
  }
  return {};
}

}  // namespace

bool GrowingLines::take(UsageRecord& record) {
  if (is_over_) return false;
  const bool is_of_list = is_in_a_list(record);
  if (records_.empty() && !is_of_list) return false;
  const bool is_next_line = records_.empty() || !are_of_one_line(records_.back(), record);
  const bool is_new_list = is_of_list && is_next_line;
  if (records_.size() >= kMost || (is_new_list && lines_ == kFirstLines && !any_grows())) {
    is_over_ = true;
    if (records_.size() >= kMost && any_grows()) not_compared_ = records_.front().place;
    return false;
  }
  if (is_new_list) ++lines_;
  records_.push_back(std::move(record));
  return true;
}

/// Whether any of the first lines holds the one before or after it.
bool GrowingLines::any_grows() const {
  const Lines all = lines();
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (begins_with(all[i], all[i - 1]) || begins_with(all[i - 1], all[i])) return true;
  }
  return false;
}

std::vector<UsageRecord> GrowingLines::release() {
  return is_over_ ? std::exchange(records_, {}) : std::vector<UsageRecord>();
}

/// Those of one conversation after each other.
GrowingLines::Lines GrowingLines::lines() const {
  Lines lines;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (i == 0 || !are_of_one_line(records_[i], records_[i - 1])) lines.push_back({i, i, false});
    lines.back().end = i + 1;
    lines.back().has_list = lines.back().has_list || is_in_a_list(records_[i]);
  }
  std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
    return run_of(records_[a.begin]) < run_of(records_[b.begin]);
  });
  return lines;
}

bool GrowingLines::begins_with(const Line& longer, const Line& shorter) const {
  const std::size_t calls = shorter.end - shorter.begin;
  if (!longer.has_list || !shorter.has_list || calls > longer.end - longer.begin ||
      run_of(records_[longer.begin]) != run_of(records_[shorter.begin]))
    return false;
  for (std::size_t i = 0; i < calls; ++i) {
    if (records_[shorter.begin + i].counts != records_[longer.begin + i].counts) return false;
  }
  return true;
}

bool GrowingLines::tells_anything(const Line& line) const {
  return std::any_of(records_.begin() + static_cast<std::ptrdiff_t>(line.begin),
                     records_.begin() + static_cast<std::ptrdiff_t>(line.end),
                     [](const UsageRecord& record) {
                       return record.counts[Counter::input].value_or(0) > 0 &&
                              record.counts[Counter::output].value_or(0) > 0;
                     });
}

GrowingLines::Settled GrowingLines::finish() {
  Settled settled;
  settled.doubtful = std::exchange(not_compared_, {});
  const Lines all = lines();
  std::vector<bool> is_copy(records_.size());
  std::size_t steps = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Line& before = all[i - 1];
    const Line& line = all[i];
    const bool grows = begins_with(line, before);
    if (!grows && !begins_with(before, line)) continue;
    const std::size_t calls = std::min(line.end - line.begin, before.end - before.begin);
    const bool is_step = line.end - line.begin != before.end - before.begin;
    if (is_step && tells_anything(grows ? before : line)) {
      ++steps;
      if (!settled.doubtful) settled.doubtful = records_[line.begin].place;
    }
    std::fill_n(is_copy.begin() + static_cast<std::ptrdiff_t>(line.begin), calls, true);
  }
  const bool are_sure = steps > 1;
  if (are_sure) settled.doubtful.reset();
  for (std::size_t i = 0; i < records_.size(); ++i)
    (are_sure && is_copy[i] ? settled.copies : settled.counted).push_back(std::move(records_[i]));
  records_.clear();
  is_over_ = true;
  return settled;
}

}  // namespace usagectl
