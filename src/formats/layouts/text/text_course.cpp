#include "formats/layouts/text/text_course.hpp"

#include <algorithm>

namespace usagectl {
namespace {

using Numbers = std::vector<Count>;

constexpr std::size_t kLongStretch = 6;

bool falls(const Numbers& from, const Numbers& to) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (to[i] < from[i]) return true;
  }
  return false;
}

bool grows(const Numbers& from, const Numbers& to) { return from != to && !falls(from, to); }

/// Whether the first line of a stretch is hardly more than what one line adds.
bool begins_near_zero(const std::vector<Numbers>& lines, std::size_t begin, std::size_t end) {
  for (std::size_t number = 0; number < lines[begin].size(); ++number) {
    Count largest = 0;
    for (std::size_t i = begin + 1; i < end; ++i)
      largest = std::max(largest, lines[i][number] - lines[i - 1][number]);
    if (lines[begin][number] / 2 > largest) return false;
  }
  return true;
}

bool last_is_sum(const std::vector<Numbers>& lines) {
  if (lines.size() < 3) return false;
  for (std::size_t number = 0; number < lines.back().size(); ++number) {
    ExactSum sum(0);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) sum += lines[i][number];
    if (!(sum == ExactSum(lines.back()[number]))) return false;
  }
  return std::any_of(lines.back().begin(), lines.back().end(),
                     [](Count count) { return count > 0; });
}

}  // namespace

CourseOfLines course_of_lines(const std::vector<Numbers>& lines) {
  CourseOfLines course;
  std::size_t longest_begin = 0;
  std::size_t longest_end = 0;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= lines.size(); ++i) {
    if (i < lines.size() && grows(lines[i - 1], lines[i])) continue;
    if (i - begin > longest_end - longest_begin) {
      longest_begin = begin;
      longest_end = i;
    }
    begin = i;
  }
  const std::size_t longest = longest_end - longest_begin;
  course.are_running = longest >= kLongStretch && longest * 2 > lines.size() &&
                       begins_near_zero(lines, longest_begin, longest_end);
  if (course.are_running) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i + 1 == lines.size() || !grows(lines[i], lines[i + 1])) course.counted.push_back(i);
    }
    return course;
  }
  course.has_sum = last_is_sum(lines);
  course.may_be_running = !course.has_sum && lines.size() > 1 && longest == lines.size();
  for (std::size_t i = 0; i + (course.has_sum ? 1 : 0) < lines.size(); ++i)
    course.counted.push_back(i);
  return course;
}

std::vector<std::size_t> last_of_stretches(const std::vector<Numbers>& lines) {
  std::vector<std::size_t> last;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i + 1 == lines.size() || falls(lines[i], lines[i + 1])) last.push_back(i);
  }
  return last;
}

}  // namespace usagectl
