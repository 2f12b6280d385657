#include "analysis/meaning/call_list.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <deque>
#include <stdexcept>
#include <string>
#include <utility>

using namespace usagectl;

namespace {

/// The text, for as long as the tests run.
std::string_view kept(std::string text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(std::move(text));
}

Call call_number(std::uint64_t number) {
  Call call;
  call.id = kept(fmt::format("chatcmpl-{:020}", number));
  call.model = number % 2 == 0 ? "gpt-5-2025-08-07" : "gpt-5-mini-2025-08-07";
  call.kind = {"usage.lines", "openai.chat", false};
  call.place = {0, number, "/usage"};
  call.counts.set(Counter::requests, 1);
  call.counts.set(Counter::input, static_cast<Count>(1000 + number));
  call.counts.set(Counter::output, 200);
  call.counts.set(Counter::total, static_cast<Count>(1200 + number));
  call.given = call.counts;
  call.given.forget(Counter::requests);
  return call;
}

void check_same(const Call& found, const Call& kept) {
  CHECK(found.id == kept.id);
  CHECK(found.model == kept.model);
  CHECK(found.kind == kept.kind);
  CHECK(found.place.file == kept.place.file);
  CHECK(found.place.line == kept.place.line);
  CHECK(found.place.pointer == kept.place.pointer);
  CHECK(found.counts == kept.counts);
  CHECK(found.given == kept.given);
  CHECK(found.cache == kept.cache);
  CHECK(found.cost == kept.cost);
}

}  // namespace

TEST_CASE("a call comes out of the list as it was added") {
  Call full = call_number(7);
  full.kind.is_of_client = true;
  full.place.file = 300;
  full.counts.leave_open(Counter::reasoning);
  full.counts.leave_open_by_place(Counter::cache_read);
  full.given.set(Counter::input, kLargestCount);
  full.given.set(Counter::cache_write, 0);
  full.cache = {5, std::nullopt, 0, kLargestCount};
  full.cost = CallCost{{Money::last_digit(2), 2, false}, Currency("USD")};
  CallList calls;
  calls.add(call_number(1));
  calls.add(full);
  calls.add(Call());
  REQUIRE(calls.size() == 3);
  check_same(calls[0], call_number(1));
  check_same(calls[1], full);
  check_same(calls[2], Call());
  CHECK(calls.id(1) == full.id);
}

TEST_CASE("a list says whether all, some or none of its calls have ids") {
  CallList calls;
  calls.add(Call());
  CHECK_FALSE(calls.any_has_id());
  calls.add(call_number(1));
  CHECK(calls.any_has_id());
  CHECK_FALSE(calls.all_have_ids());
}

TEST_CASE("a hundred thousand calls take less than a hundred bytes each") {
  constexpr std::uint64_t kCalls = 100000;
  CallList calls;
  for (std::uint64_t i = 1; i <= kCalls; ++i) calls.add(call_number(i));
  CHECK(calls.bytes() / kCalls < 100);
  check_same(calls[kCalls - 1], call_number(kCalls));
}

TEST_CASE("models and pointers of which each call has its own are kept as well") {
  CallList calls;
  for (std::uint64_t i = 0; i < 10000; ++i) {
    Call call = call_number(i);
    call.model = kept(fmt::format("model {}", i));
    call.place.pointer = fmt::format("/calls/{}/usage", i);
    calls.add(call);
  }
  CHECK(calls[9999].model == "model 9999");
  CHECK(calls[9999].place.pointer == "/calls/9999/usage");
  CHECK(calls[3].place.pointer == "/calls/3/usage");
}

TEST_CASE("an id longer than a chunk is kept whole, and what follows it too") {
  CallList calls;
  Call call = call_number(1);
  call.id = kept(std::string(1000000, 'x'));
  calls.add(call);
  calls.add(call_number(2));
  CHECK(calls[0].id.size() == 1000000);
  check_same(calls[1], call_number(2));
}

TEST_CASE("a list that was copied takes no more calls, so that its copies stay as they are") {
  CallList calls;
  calls.add(call_number(1));
  const CallList copy = calls;
  CHECK_THROWS_AS(calls.add(call_number(2)), std::logic_error);
  CHECK(copy.size() == 1);
}
