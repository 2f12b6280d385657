#include "input/json/json_marks.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace usagectl;

namespace {

/// Offsets of the marks, found a byte at a time.
std::vector<std::size_t> marks_one_by_one(const std::string& text) {
  std::vector<std::size_t> marks;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_in_string) {
      if (c == '\\') ++i;
      is_in_string = c != '"';
    } else if (c == '"') {
      is_in_string = true;
    } else if (std::string("[]{},\n").find(c) != std::string::npos) {
      marks.push_back(i);
    }
  }
  return marks;
}

bool ends_in_string(const std::string& text) {
  const auto marks = marks_one_by_one(text + "  ,");
  return marks.empty() || marks.back() != text.size() + 2;
}

std::vector<std::size_t> marks_at_once(const std::string& text) {
  std::vector<std::size_t> found;
  JsonMarks marks;
  for (std::size_t i = 0; i < text.size(); i += JsonMarks::kAtOnce) {
    const std::uint64_t bits = marks.next(text.data() + i);
    for (std::size_t bit = 0; bit < JsonMarks::kAtOnce; ++bit) {
      if ((bits >> bit & 1) != 0) found.push_back(i + bit);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("the marks of a text are those outside its strings, wherever strings and escapes end") {
  std::mt19937 random(20261126);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    while (text.size() < 4 * JsonMarks::kAtOnce) {
      const unsigned pick = random() % 10;
      if (pick == 0) {
        text.push_back('"');
      } else if (pick < 4 && ends_in_string(text)) {
        text.append(random() % 4, '\\');
      } else {
        text.push_back("[]{},\n :1a\t"[random() % 11]);
      }
    }
    text.resize(4 * JsonMarks::kAtOnce);
    CHECK(marks_at_once(text) == marks_one_by_one(text));
  }
}
