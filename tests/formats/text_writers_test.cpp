#include "formats/layouts/text/text_writers.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace usagectl {
namespace {

WrittenCall call(std::size_t wording, Count input, Count output, std::string id = {}) {
  return {wording, std::move(id), input, output};
}

TEST_CASE("three different calls that are told side by side in two wordings are told twice") {
  const ToldTwice told = calls_told_twice({call(0, 12, 30), call(1, 12, 30), call(0, 101, 22),
                                           call(1, 101, 22), call(0, 57, 41), call(1, 57, 41)});
  CHECK(told.copies == 3);
  CHECK(told.are_copies == std::vector<bool>{false, true, false, true, false, true});
  CHECK_FALSE(told.doubtful);
}

TEST_CASE("a third writer tells the same calls") {
  std::vector<WrittenCall> calls;
  for (const auto& [input, output] : {std::pair(12, 30), {101, 22}, {57, 41}}) {
    for (std::size_t wording = 0; wording < 3; ++wording)
      calls.push_back(call(wording, input, output));
  }
  CHECK(calls_told_twice(calls).copies == 6);
}

TEST_CASE("a call that one of two writers alone tells counts") {
  const ToldTwice told =
      calls_told_twice({call(0, 12, 30), call(1, 12, 30), call(0, 101, 22), call(1, 101, 22),
                        call(0, 57, 41), call(1, 57, 41), call(0, 77, 9), call(1, 70, 1),
                        call(0, 88, 4), call(1, 88, 4), call(0, 99, 4), call(1, 99, 4)});
  CHECK(told.copies == 5);
  CHECK_FALSE(told.are_copies[7]);
}

TEST_CASE("two calls alike may be two, and are doubted") {
  const ToldTwice told = calls_told_twice({call(0, 120, 30), call(1, 120, 30)});
  CHECK(told.copies == 0);
  CHECK(told.doubtful == 1);
}

TEST_CASE("calls with other ids are other calls") {
  const ToldTwice told =
      calls_told_twice({call(0, 12, 30, "a"), call(1, 12, 30, "b"), call(0, 101, 22, "c"),
                        call(1, 101, 22, "d"), call(0, 57, 41, "e"), call(1, 57, 41, "f")});
  CHECK(told.copies == 0);
}

TEST_CASE("two participants with numbers of their own are no two writers") {
  const ToldTwice told = calls_told_twice({call(0, 12, 30), call(1, 24, 35), call(0, 101, 22),
                                           call(1, 202, 27), call(0, 57, 41), call(1, 114, 46)});
  CHECK(told.copies == 0);
  CHECK_FALSE(told.doubtful);
}

TEST_CASE("small numbers that are always the same are alike by chance") {
  const ToldTwice told = calls_told_twice(
      {call(0, 10, 1), call(1, 10, 1), call(0, 10, 1), call(1, 10, 1), call(0, 10, 1)});
  CHECK(told.copies == 0);
}

TEST_CASE("very many calls with the same numbers are compared in a moment") {
  std::vector<WrittenCall> calls;
  for (std::size_t i = 0; i < 400'000; ++i) calls.push_back(call(i % 2, 100, 10));
  const ToldTwice told = calls_told_twice(calls);
  CHECK(told.copies == 0);
  CHECK(told.doubtful == 1);
}

TEST_CASE("the same calls far from each other are doubted, as two runs may be alike") {
  std::vector<WrittenCall> calls;
  for (const std::size_t wording : {0U, 1U}) {
    for (Count i = 0; i < 12; ++i) calls.push_back(call(wording, 100 + i * 7, 20 + i));
  }
  const ToldTwice told = calls_told_twice(calls);
  CHECK(told.copies == 0);
  CHECK(told.doubtful == 12);
}

}  // namespace
}  // namespace usagectl
