#include "ledger/books/group_sums.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "ledger/books/group_key.hpp"
#include "ledger/books/group_order.hpp"

using namespace usagectl;

namespace {

Counts input_of(Count input) {
  Counts counts;
  counts.set(Counter::input, input);
  return counts;
}

std::string packed(const GroupKey& key) {
  std::string packed;
  for (const auto& value : key) append_value(value, packed);
  return packed;
}

/// The keys of a table, in the order that it finds.
std::vector<GroupKey> ordered(const std::vector<GroupKey>& keys) {
  GroupSums sums;
  for (const GroupKey& key : keys) sums.row_of(packed(key));
  std::vector<GroupKey> ordered;
  for (const GroupSums::Row row : rows_in_natural_order(sums))
    ordered.push_back(unpack_key(sums.key_of(row)));
  return ordered;
}

}  // namespace

TEST_CASE("each of a hundred thousand groups is found again, in some hundred bytes each") {
  GroupSums sums;
  constexpr Count kGroups = 100'000;
  for (int round = 0; round < 2; ++round) {
    for (Count i = 0; i < kGroups; ++i) sums.add(fmt::format("+36:{:036}", i), input_of(i));
  }
  REQUIRE(sums.size() == kGroups);
  Count next = 0;
  for (const auto& [key, tally] : sums) {
    CHECK(key == fmt::format("+36:{:036}", next));
    CHECK(tally.sum_of(Counter::input) == 2 * next);
    ++next;
  }
  CHECK(sums.bytes() / kGroups < 160);
}

TEST_CASE("groups that lost their records are gone, and the others are found") {
  GroupSums sums;
  for (Count i = 0; i < 40; ++i) sums.add(fmt::format("{}", i), input_of(i));
  for (Count i = 0; i < 40; i += 2)
    sums.tallies().remove(sums.row_of(fmt::format("{}", i)), input_of(i));
  sums.erase_those_without_records();
  CHECK(sums.size() == 20);
  sums.add("7", input_of(1));
  CHECK(sums.size() == 20);
  CHECK(sums.tallies()[sums.row_of("7")].sum_of(Counter::input) == 8);
}

TEST_CASE("the order of groups is the natural one, absent first, and zeros decide last") {
  const std::vector<GroupKey> keys = {{std::nullopt, "z"}, {"", "a"},   {"a", std::nullopt},
                                      {"a", "2"},          {"a", "10"}, {"a1", "a"},
                                      {"a01", "b"},        {"a1", "c"}, {"a2", "a"},
                                      {"a10", "a"},        {"b", "0"},  {"b", "00"}};
  CHECK(ordered(keys) == std::vector<GroupKey>{{std::nullopt, "z"},
                                               {"", "a"},
                                               {"a", std::nullopt},
                                               {"a", "2"},
                                               {"a", "10"},
                                               {"a01", "b"},
                                               {"a1", "a"},
                                               {"a1", "c"},
                                               {"a2", "a"},
                                               {"a10", "a"},
                                               {"b", "0"},
                                               {"b", "00"}});
}

TEST_CASE("the order of groups is that of their keys, whatever bytes these have") {
  std::mt19937 random(11);
  const auto any_text = [&] {
    static constexpr std::string_view kBytes("\0\x01/0129:aZ\xFF", 11);
    std::string text(random() % 8 == 0 ? 600 : random() % 2 == 0 ? 20 : 0, 'p');
    for (auto more = random() % 6; more > 0; --more) text += kBytes[random() % kBytes.size()];
    if (random() % 50 == 0) text.append(300, '7');
    return text;
  };
  std::vector<GroupKey> keys;
  for (int i = 0; i < 3000; ++i) {
    GroupKey key(2);
    for (auto& value : key) {
      if (random() % 4 != 0) value = any_text();
    }
    keys.push_back(std::move(key));
  }
  std::vector<GroupKey> expected = keys;
  std::sort(expected.begin(), expected.end(),
            [](const GroupKey& a, const GroupKey& b) { return natural_less(a, b); });
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  CHECK(ordered(keys) == expected);
}
