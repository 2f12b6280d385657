#include "ledger/calls/growing_lines.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace usagectl {
namespace {

/// "/history/0/usage": it is in a list of its line, and no id tells it from others.
bool is_in_a_list(const UsageRecord& record) {
  if (record.place.line == 0 || record.role != Role::request || record.same_id != SameId::nothing ||
      record.view.rank == View::kNeverCounted)
    return false;
  const std::string_view pointer = record.place.pointer;
  for (std::size_t at = pointer.find('/'); at != std::string_view::npos && at + 1 < pointer.size();
       at = pointer.find('/', at + 1)) {
    const char next = pointer[at + 1];
    if (next >= '0' && next <= '9') return true;
  }
  return false;
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
  const bool is_next_line = records_.empty() || records_.back().place.line != record.place.line;
  const bool is_new_list = is_of_list && is_next_line;
  if (records_.size() >= kMost || (is_new_list && lines_ == kFirstLines && !any_grows())) {
    is_over_ = true;
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
    if (i == 0 || records_[i].place.line != records_[i - 1].place.line) lines.push_back({i, i});
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
