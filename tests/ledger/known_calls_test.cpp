#include "ledger/calls/known_calls.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace usagectl;

namespace {

KnownCalls::Call call(std::uint64_t line, Count output) {
  KnownCalls::Call known;
  known.file = 3;
  known.line = line;
  known.counts.set(Counter::output, output);
  known.tally = {5, 2, 7};
  return known;
}

/// The line of the call that is found, 0 for none.
std::uint64_t line_of(const KnownCalls& calls, std::string_view id, std::string_view second = {},
                      std::string_view space = {}) {
  const auto found = calls.find({space, id, second});
  return found ? found->line : 0;
}

}  // namespace

TEST_CASE("a call is found with everything that was kept of it") {
  KnownCalls calls;
  calls.set({{}, "a", {}}, call(1, kLargestCount));
  const auto found = calls.find({{}, "a", {}});
  REQUIRE(found);
  CHECK(found->file == 3);
  CHECK(found->tally == TallyPlace{5, 2, 7});
  CHECK(found->counts == call(1, kLargestCount).counts);
  CHECK_FALSE(calls.find({{}, "b", {}}));
}

TEST_CASE("a hundred thousand calls are told apart, and take some forty bytes each") {
  KnownCalls calls;
  constexpr std::uint64_t kCalls = 100000;
  for (std::uint64_t i = 1; i <= kCalls; ++i)
    calls.set({{}, fmt::format("msg_{}", i), "req"}, call(i, Count(i)));
  CHECK(calls.size() == kCalls);
  for (std::uint64_t i = 1; i <= kCalls; ++i)
    CHECK(line_of(calls, fmt::format("msg_{}", i), "req") == i);
  CHECK(calls.bytes() / kCalls < 64);
}

TEST_CASE("new numbers stand in the place of the old ones, also after the table has grown") {
  KnownCalls calls;
  calls.set({{}, "a", {}}, call(1, 1));
  calls.set({{}, "a", {}}, call(2, 2));
  for (int i = 0; i < 5000; ++i) calls.set({{}, fmt::format("other {}", i), {}}, call(9, 9));
  CHECK(line_of(calls, "a") == 2);
  CHECK(calls.size() == 5001);
}

TEST_CASE("calls with the same id and different second ids are different calls") {
  KnownCalls calls;
  calls.set({{}, "a", "1"}, call(1, 1));
  CHECK(line_of(calls, "a", "2") == 0);
  calls.set({{}, "a", "2"}, call(2, 2));
  CHECK(line_of(calls, "a", "1") == 1);
  CHECK(line_of(calls, "a", "2") == 2);
}

TEST_CASE("a call without a second id is any call with its first") {
  KnownCalls calls;
  calls.set({{}, "a", "1"}, call(1, 1));
  CHECK(line_of(calls, "a") == 1);
  calls.set({{}, "a", {}}, call(2, 2));
  CHECK(line_of(calls, "a", "1") == 2);
  calls.set({{}, "b", {}}, call(3, 3));
  CHECK(line_of(calls, "b", "1") == 3);
}

TEST_CASE("the same id in another space is another call") {
  KnownCalls calls;
  calls.set({"session", "a", {}}, call(1, 1));
  CHECK(line_of(calls, "a") == 0);
  CHECK(line_of(calls, "a", {}, "session") == 1);
}

TEST_CASE(
    "counts come out as they went in, with a total that is the sum of its parts or another one") {
  for (const Count total : {Count(30), Count(31)}) {
    Counts counts;
    counts.set(Counter::input, Count(10));
    counts.set(Counter::output, Count(20));
    counts.set(Counter::total, total);
    counts.set(Counter::requests, total - 29);
    KnownCalls calls;
    calls.set({{}, "a", {}}, {1, 2, counts, {}});
    CHECK(calls.find({{}, "a", {}})->counts == counts);
  }
}

TEST_CASE("what is open in the counts of a call is kept") {
  KnownCalls calls;
  KnownCalls::Call open = call(1, 20);
  open.counts.leave_open_by_place(Counter::input);
  open.counts.leave_open(Counter::cache_read);
  calls.set({{}, "a", {}}, open);
  const auto found = calls.find({{}, "a", {}});
  REQUIRE(found);
  CHECK(found->counts == open.counts);
}

TEST_CASE("calls with one first id are found by their second ids, however many there are") {
  KnownCalls calls;
  const auto key = [](int number) {
    return KnownCalls::Key("", "msg", "req-" + std::to_string(number));
  };
  constexpr std::uint64_t kCalls = 1000;
  for (std::uint64_t i = 0; i < kCalls; ++i) {
    CHECK_FALSE(calls.find(key(static_cast<int>(i))));
    calls.set(key(static_cast<int>(i)), {.file = 0, .line = i, .counts = {}});
  }
  for (std::uint64_t i = 0; i < kCalls; ++i) {
    REQUIRE(calls.find(key(static_cast<int>(i))));
    CHECK(calls.find(key(static_cast<int>(i)))->line == i);
  }
  calls.set(key(3), {.file = 0, .line = 5000, .counts = {}});
  CHECK(calls.find(key(3))->line == 5000);
  CHECK(calls.find(KnownCalls::Key("", "msg", {})));
}
