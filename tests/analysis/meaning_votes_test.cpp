#include "analysis/meaning/meaning_votes.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

Counts usage(Count input, Count output, std::optional<Count> total) {
  Counts counts;
  counts.set(Counter::input, input);
  counts.set(Counter::output, output);
  counts.set(Counter::total, total);
  return counts;
}

std::optional<Vote> vote_on(Axis axis, const MeaningVotes& votes) {
  return votes.axes[static_cast<std::size_t>(axis)];
}

}  // namespace

TEST_CASE("a total of input and output proves that the cache stands inside input") {
  Counts given = usage(100, 20, 120);
  given.set(Counter::cache_read, 60);
  const MeaningVotes votes = meaning_votes(given, false);
  CHECK(vote_on(Axis::cache_read, votes) == Vote::included);
  CHECK(total_words(votes.added_to_total) == "input+output");
}

TEST_CASE("a total that the writer added up from input and output proves nothing") {
  Counts given = usage(100, 20, 120);
  given.set(Counter::cache_read, 60);
  const MeaningVotes votes = meaning_votes(given, true);
  CHECK_FALSE(vote_on(Axis::cache_read, votes).has_value());
  CHECK_FALSE(votes.explains_total);
}

TEST_CASE("more cache read than input proves that it stands outside, whatever the total is") {
  Counts given = usage(10, 20, 30);
  given.set(Counter::cache_read, 60);
  CHECK(vote_on(Axis::cache_read, meaning_votes(given, true)) == Vote::excluded);
}

TEST_CASE(
    "a total beyond input and output by exactly the reasoning proves that it stands outside "
    "output") {
  Counts given = usage(100, 20, 420);
  given.set(Counter::reasoning, 300);
  const MeaningVotes votes = meaning_votes(given, false);
  CHECK(vote_on(Axis::reasoning, votes) == Vote::excluded);
  CHECK(total_words(votes.added_to_total) == "input+output+reasoning");
}

TEST_CASE("two parts of the same size leave it open which of them the total adds") {
  Counts given = usage(100, 50, 170);
  given.set(Counter::cache_read, 20);
  given.set(Counter::reasoning, 20);
  const MeaningVotes votes = meaning_votes(given, false);
  CHECK_FALSE(vote_on(Axis::cache_read, votes).has_value());
  CHECK_FALSE(vote_on(Axis::reasoning, votes).has_value());
}

TEST_CASE("a total short of input and output by the reasoning says that output holds it twice") {
  Counts given = usage(100, 80, 150);
  given.set(Counter::reasoning, 30);
  CHECK(vote_on(Axis::reasoning, meaning_votes(given, false)) == Vote::twice);
}

TEST_CASE("parts of 0 and missing parts say nothing") {
  Counts given = usage(100, 20, 120);
  given.set(Counter::cache_read, 0);
  const MeaningVotes votes = meaning_votes(given, false);
  for (const auto& vote : votes.axes) CHECK_FALSE(vote.has_value());
  CHECK_FALSE(votes.explains_total);
}

TEST_CASE("reasoning above output with a total of input and output is an anomaly, not evidence") {
  Counts given = usage(100, 10, 110);
  given.set(Counter::reasoning, 11);
  CHECK_FALSE(vote_on(Axis::reasoning, meaning_votes(given, false)).has_value());
}
