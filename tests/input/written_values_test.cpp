#include "input/json/written_values.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>

namespace usagectl {
namespace {

/// What is read of a text, with what must be readable behind it.
struct Reading {
  bool is_read = false;
  bool is_whole = false;
  std::int64_t whole = 0;
  std::size_t size = 0;
};

Reading read(const std::string& text) {
  const std::string padded = text + std::string(64, '7');
  const WrittenNumber number = written_number(padded.data(), padded.data() + text.size());
  if (number.end == nullptr) return {};
  return {true, number.is_whole, number.whole,
          static_cast<std::size_t>(number.end - padded.data())};
}

}  // namespace

TEST_CASE("whole numbers of every length are read, whatever ends them") {
  std::mt19937_64 random(5);
  std::uint64_t limit = 1;
  for (std::size_t digits = 1; digits <= 18; ++digits) {
    limit *= 10;
    for (const std::uint64_t number :
         {limit / 10, limit - 1, limit / 10 + random() % (limit - limit / 10)}) {
      const std::string text = std::to_string(digits == 1 ? number % 10 : number);
      for (const char* end : {",", "}", " ", ",\"a\":1}", "}}]"}) {
        CAPTURE(text);
        const Reading reading = read(text + end);
        CHECK(reading.is_read);
        CHECK(reading.is_whole);
        CHECK(std::to_string(reading.whole) == text);
        CHECK(reading.size == text.size());
        CHECK(read("-" + text + end).whole == -reading.whole);
      }
    }
  }
}

TEST_CASE("numbers with a point are read and not whole") {
  for (const char* text : {"0.5,", "12.25}", "-3.0 ", "1234567.125,"}) {
    CAPTURE(text);
    CHECK(read(text).is_read);
    CHECK_FALSE(read(text).is_whole);
  }
}

TEST_CASE("what is more than a plain number is left to the parser") {
  for (const char* text : {"",      "-",      "x",         "01,",      "00}",
                           "-01,",  "1",      "1234567",   "12345678", "1]",
                           "1e5,",  "1.,",    ".5,",       "1.5e3,",   "1234567890123456789,",
                           "0x10,", "1_000,", "12345678x", "1.2.3,",   "12:",
                           "1\t",   "1\n"}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).is_read);
  }
}

}  // namespace usagectl
