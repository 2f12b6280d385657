#include "dialects/solving/alike_usages.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "formats/reading/knowledge.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

using Keys = std::vector<std::string>;  ///< paths below a usage object

/// {"a": 1, "b": {"c": 2}} of "a" and "b/c"; members of one object stand together.
std::string usage_of(const Keys& keys, const std::vector<Count>& counts) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto slash = keys[i].find('/');
    if (slash == std::string::npos) {
      text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", keys[i], counts[i]);
      continue;
    }
    const std::string object = keys[i].substr(0, slash + 1);
    if (i > 0 && keys[i - 1].starts_with(object)) continue;
    text += fmt::format("{}\"{}\":{{", text.empty() ? "" : ",", keys[i].substr(0, slash));
    for (std::size_t inner = i; inner < keys.size() && keys[inner].starts_with(object); ++inner)
      text += fmt::format("{}\"{}\":{}", inner == i ? "" : ",", keys[inner].substr(slash + 1),
                          counts[inner]);
    text += "}";
  }
  return "{" + text + "}";
}

std::string text_of(const Counts& counts) {
  std::string text;
  for (const Counter counter : kCounters) {
    text += fmt::format(" {}{}{}", counts[counter].value_or(-1), counts.is_open(counter) ? "?" : "",
                        counts.is_open_by_place(counter) ? "!" : "");
  }
  return text;
}

std::string text_of(const UsageReading& reading) {
  const Atoms& a = reading.atoms;
  std::string text = fmt::format("{} {} {} {} {}", reading.dialect, reading.held, reading.faulty,
                                 text_of(reading.counts), text_of(reading.given));
  for (const auto& atom : {a.fresh, a.cache_read, a.cache_write, a.cache_write_5m, a.cache_write_1h,
                           a.tool_prompt, a.visible, a.reasoning, a.unexplained})
    text += fmt::format(" {}", atom.value_or(-1));
  for (const std::uint16_t candidate : reading.candidates) text += fmt::format(" {}", candidate);
  return text;
}

/// Some keys of a dialect, and now and then one of another.
Keys keys_of(const Catalogue& catalogue, std::mt19937& random) {
  const auto& dialects = catalogue.dialects();
  const Dialect& dialect = dialects[random() % dialects.size()];
  Keys keys;
  for (KeyId key = 0; key < kMostKeys; ++key) {
    if (dialect.known.test(key) && random() % 3 != 0) keys.emplace_back(catalogue.path_of(key));
  }
  std::sort(keys.begin(), keys.end());
  // What holds other keys is no number.
  const auto holds_others = [&](const std::string& key) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::string& other) { return other.starts_with(key + "/"); });
  };
  std::erase_if(keys, holds_others);
  // Objects in objects are left out.
  std::erase_if(keys,
                [](const std::string& key) { return std::count(key.begin(), key.end(), '/') > 1; });
  constexpr std::size_t kMost = 9;
  while (keys.size() > kMost) keys.erase(keys.begin() + static_cast<long>(random() % keys.size()));
  return keys;
}

/// Counts, many of them the sum of others or one beside it.
std::vector<Count> counts_of(std::size_t number, std::mt19937& random) {
  static constexpr Count kFew[] = {0, 0, 0, 1, 2, 5, 10, 64, 100, 1000};
  std::vector<Count> counts(number);
  for (Count& count : counts) count = kFew[random() % std::size(kFew)];
  for (std::size_t i = 0; i < number; ++i) {
    const Count before = counts[i];
    switch (random() % 6) {
      case 0: counts[i] = counts[random() % number] + counts[random() % number]; break;
      case 1: counts[i] = counts[random() % number]; break;
      case 2: ++counts[i]; break;
      case 3: {
        Count sum = 0;
        for (std::size_t other = 0; other < number; ++other)
          sum += other != i && random() % 2 == 0 ? counts[other] : 0;
        counts[i] = sum;
        break;
      }
      default: break;
    }
    if (random() % 200 == 0) counts[i] = kLargestCount - Count(random() % 2);
    if (counts[i] < 0 || counts[i] > kLargestCount / 16) counts[i] = std::max(before, Count(0));
  }
  if (random() % 50 == 0) counts[random() % number] = kLargestCount - Count(random() % 2);
  return counts;
}

}  // namespace

TEST_CASE("usage objects with the same keys are solved as each of them alone") {
  const Catalogue& catalogue = *builtin_knowledge().catalogue;
  std::mt19937 random(2026);
  JsonParser parser;
  std::size_t shapes = 0;
  std::size_t solved = 0;
  std::map<std::string_view, std::size_t> dialects;
  for (int shape = 0; shape < 3000; ++shape) {
    const Keys keys = keys_of(catalogue, random);
    if (keys.empty()) continue;
    Envelope around;
    around.known = random() % 2 == 0;
    if (random() % 2 == 0) around.model = random() % 2 == 0 ? "gpt-4o" : "claude-sonnet-4-5";
    const auto values_of = [&](const std::vector<Count>& counts) {
      return UsageValues(catalogue, parser.parse_copy(usage_of(keys, counts)).root);
    };
    const UsageValues first = values_of(counts_of(keys.size(), random));
    auto alike = AlikeUsages::of(catalogue, first, around);
    if (!alike) continue;
    ++shapes;
    for (int line = 0; line < 30; ++line) {
      const std::vector<Count> all = counts_of(keys.size(), random);
      const std::string usage = usage_of(keys, all);
      CAPTURE(usage);
      const UsageValues values(catalogue, parser.parse_copy(usage).root);
      std::vector<Count> counts;
      for (const auto& slot : values.slots()) counts.push_back(slot.count.value_or(-1));
      REQUIRE(counts.size() == first.slots().size());
      const UsageReading* const quickly = alike->read(catalogue, counts);
      if (quickly == nullptr) continue;
      if (!values.are_plain_counts()) continue;
      const UsageReading slowly = read_usage(catalogue, values, around);
      CHECK(text_of(*quickly) == text_of(slowly));
      CHECK(slowly.violations.empty());
      ++solved;
      ++dialects[slowly.dialect];
    }
  }
  CHECK(shapes > 500);
  CHECK(solved > 5000);
  CHECK(dialects.size() > 20);
}

TEST_CASE("what contradicts its vocabulary is left to be read in full") {
  const Catalogue& catalogue = *builtin_knowledge().catalogue;
  JsonParser parser;
  const UsageValues values(
      catalogue, parser
                     .parse_copy(R"({"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,)"
                                 R"("prompt_tokens_details":{"cached_tokens":4}})")
                     .root);
  auto alike = AlikeUsages::of(catalogue, values, {});
  REQUIRE(alike);
  const auto is_read = [&](std::vector<Count> counts) {
    return alike->read(catalogue, counts) != nullptr;
  };
  CHECK(is_read({10, 2, 12, 4}));
  CHECK(is_read({10, 2, 12, 10}));
  CHECK(is_read({0, 0, 0, 0}));
  CHECK_FALSE(is_read({10, 2, 11, 4}));
  CHECK_FALSE(is_read({kLargestCount, 2, 12, 4}));
}

}  // namespace usagectl
