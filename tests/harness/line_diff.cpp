#include "harness/line_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "harness/text_file.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kContext = 3;
// The table of common subsequences is quadratic; a difference larger than this is shown whole.
constexpr std::size_t kLargestTable = 4'000'000;

std::string shown(std::string_view line) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (const char character : line) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7f) {
      result += "\\x";
      result += digits[byte >> 4U];
      result += digits[byte & 0xfU];
    } else {
      result += character;
    }
  }
  return result;
}

struct Step {
  char mark;
  std::size_t line;  // index into the side that the mark speaks of
};

std::vector<Step> steps_between(const std::vector<std::string>& before,
                                const std::vector<std::string>& after) {
  std::vector<Step> steps;
  const std::size_t rows = before.size();
  const std::size_t columns = after.size();
  if ((rows + 1) * (columns + 1) > kLargestTable) {
    for (std::size_t i = 0; i < rows; ++i) steps.push_back(Step{'-', i});
    for (std::size_t i = 0; i < columns; ++i) steps.push_back(Step{'+', i});
    return steps;
  }
  // common[i][j]: length of the longest common subsequence of before[i..] and after[j..]
  std::vector<std::vector<std::size_t>> common(rows + 1, std::vector<std::size_t>(columns + 1, 0));
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      common[i][j] = before[i] == after[j] ? common[i + 1][j + 1] + 1
                                           : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && before[i] == after[j]) {
      steps.push_back(Step{' ', i});
      ++i;
      ++j;
    } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
      steps.push_back(Step{'-', i++});
    } else {
      steps.push_back(Step{'+', j++});
    }
  }
  return steps;
}

}  // namespace

std::string line_diff(std::string_view expected, std::string_view actual) {
  if (expected == actual) return {};
  const auto before = lines_of(expected);
  const auto after = lines_of(actual);
  const auto steps = steps_between(before, after);

  std::vector<bool> near(steps.size(), false);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].mark == ' ') continue;
    const std::size_t first = i < kContext ? 0 : i - kContext;
    const std::size_t last = std::min(steps.size(), i + kContext + 1);
    for (std::size_t k = first; k < last; ++k) near[k] = true;
  }

  std::string result;
  bool skipping = false;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!near[i]) {
      if (!skipping) result += "@@\n";
      skipping = true;
      continue;
    }
    skipping = false;
    result += steps[i].mark;
    result += shown(steps[i].mark == '+' ? after[steps[i].line] : before[steps[i].line]);
    result += '\n';
  }
  const bool expected_ends = expected.empty() || expected.back() == '\n';
  const bool actual_ends = actual.empty() || actual.back() == '\n';
  if (expected_ends != actual_ends) {
    result += actual_ends ? "+ (a line end at the end)\n" : "- (the line end at the end)\n";
  }
  return result;
}

}  // namespace usagectl
