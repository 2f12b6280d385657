// What must hold of `diff` for any captures, tried on made ones: seeded, so that a failure comes
// again.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "analysis/diff_sides.hpp"
#include "render/diff/diff_render.hpp"

namespace usagectl {
namespace {

constexpr int kSeeds = 60;

/// How a made capture writes its counts.
struct Writer {
  bool cache_is_inside = true;
  bool reasoning_is_inside = true;
  bool has_total = true;
  bool has_ids = true;
};

using Random = std::mt19937;

int between(Random& random, int low, int high) {
  return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
}

std::string call(Random& random, const Writer& writer, const std::string& id) {
  const int input = between(random, 50, 4000);
  const int cached = random() % 3 == 0 ? 0 : between(random, 1, input);
  const int output = between(random, 10, 900);
  const int reasoning = random() % 3 == 0 ? 0 : between(random, 1, output);
  const int written_input = writer.cache_is_inside ? input : input - cached;
  const int written_output = writer.reasoning_is_inside ? output : output - reasoning;
  std::string line = "{\"model\": \"m\"";
  if (writer.has_ids) line += ", \"id\": \"" + id + "\"";
  line += ", \"usage\": {\"prompt_tokens\": " + std::to_string(written_input) +
          ", \"completion_tokens\": " + std::to_string(written_output);
  if (writer.has_total) line += ", \"total_tokens\": " + std::to_string(input + output);
  return line + ", \"prompt_tokens_details\": {\"cached_tokens\": " + std::to_string(cached) +
         "}, \"completion_tokens_details\": {\"reasoning_tokens\": " + std::to_string(reasoning) +
         "}}}\n";
}

Writer any_writer(Random& random) {
  return {random() % 2 == 0, random() % 2 == 0, random() % 4 != 0, random() % 2 == 0};
}

std::vector<std::string> calls(Random& random, const Writer& writer, const std::string& ids) {
  std::vector<std::string> lines;
  const int number = between(random, 2, 9);
  for (int i = 0; i < number; ++i)
    lines.push_back(call(random, writer, "chatcmpl-" + ids + "-" + std::to_string(i)));
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

TEST_CASE("a capture means the same as itself") {
  for (int seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Random random(static_cast<unsigned>(seed));
    const MadeCapture capture({{"a.jsonl", text_of(calls(random, any_writer(random), "a"))}});
    const DiffReport report = diff_of(capture, "a.jsonl", "a.jsonl");
    CHECK(report.verdict == Likeness::same);
    CHECK(report.values.beyond == 0);
    for (const PartVerdict& part : report.parts) CHECK(part.verdict == Likeness::same);
  }
}

TEST_CASE("it does not matter which capture comes first") {
  for (int seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Random random(static_cast<unsigned>(seed));
    const auto a = calls(random, any_writer(random), "a");
    const auto b = calls(random, any_writer(random), random() % 2 == 0 ? "a" : "b");
    const MadeCapture capture({{"a.jsonl", text_of(a)}, {"b.jsonl", text_of(b)}});
    const DiffReport one = diff_of(capture, "a.jsonl", "b.jsonl");
    const DiffReport other = diff_of(capture, "b.jsonl", "a.jsonl");
    CHECK(one.verdict == other.verdict);
    CHECK(one.values.beyond == other.values.beyond);
    CHECK(one.pairs.calls.size() == other.pairs.calls.size());
    for (std::size_t part = 0; part < kDiffPartCount; ++part)
      CHECK(one.parts[part].verdict == other.parts[part].verdict);
    for (std::size_t axis = 0; axis < one.meaning.size(); ++axis)
      CHECK(one.meaning[axis].verdict == other.meaning[axis].verdict);
  }
}

TEST_CASE("a side without usage is said first and never agrees") {
  Random random(1);
  const MadeCapture capture(
      {{"a.jsonl", text_of(calls(random, Writer(), "a"))}, {"empty/none.txt", "nothing\n"}});
  for (const bool is_first : {true, false}) {
    const DiffReport report =
        is_first ? diff_of(capture, "empty", "a.jsonl") : diff_of(capture, "a.jsonl", "empty");
    CHECK(report.verdict == Likeness::undetermined);
    CHECK(report.values.beyond > 0);
    for (const PartVerdict& part : report.parts) CHECK(part.verdict != Likeness::same);
    const std::string text = render(report, OutputFormat::table, Style());
    CHECK(text.starts_with(is_first ? "A holds no usage" : "B holds no usage"));
    CHECK(text.find("agree") == std::string::npos);
  }
}

TEST_CASE("a part that is 0 in every total leaves the formula of that side open") {
  const auto grok = [](const std::string& id, int input, int output, int reasoning) {
    return "{\"id\": \"" + id +
           "\", \"model\": \"grok-4\", \"usage\": {\"prompt_tokens\": " + std::to_string(input) +
           ", \"completion_tokens\": " + std::to_string(output) +
           ", \"total_tokens\": " + std::to_string(input + output + reasoning) +
           ", \"prompt_tokens_details\": {\"text_tokens\": " + std::to_string(input) +
           ", \"cached_tokens\": 100}, \"completion_tokens_details\": {\"reasoning_tokens\": " +
           std::to_string(reasoning) + "}, \"num_sources_used\": 0}}\n";
  };
  const MadeCapture capture({{"a.jsonl", grok("x1", 900, 50, 300) + grok("x2", 700, 40, 200)},
                             {"b.jsonl", grok("x3", 800, 60, 0) + grok("x4", 600, 30, 0)}});
  CHECK(diff_of(capture, "a.jsonl", "b.jsonl").verdict != Likeness::different);
}

TEST_CASE("the order of calls with ids and of their keys changes no verdict") {
  for (int seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Random random(static_cast<unsigned>(seed));
    Writer writer = any_writer(random);
    writer.has_ids = true;
    const auto a = calls(random, writer, "a");
    const auto b = calls(random, any_writer(random), random() % 2 == 0 ? "a" : "b");
    std::vector<std::string> shuffled = a;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (std::string& line : shuffled) {
      // "model" goes to the end of the object.
      constexpr std::string_view kModel = "\"model\": \"m\", ";
      if (const auto at = line.find(kModel); at != std::string::npos) {
        line.erase(at, kModel.size());
        line.insert(line.rfind('}'), ", \"model\": \"m\"");
      }
    }
    const MadeCapture capture(
        {{"a.jsonl", text_of(a)}, {"shuffled.jsonl", text_of(shuffled)}, {"b.jsonl", text_of(b)}});
    const DiffReport straight = diff_of(capture, "a.jsonl", "b.jsonl");
    const DiffReport mixed = diff_of(capture, "shuffled.jsonl", "b.jsonl");
    for (std::size_t part = 0; part < kDiffPartCount; ++part) {
      CAPTURE(kDiffPartNames[part]);
      CHECK(straight.parts[part].verdict == mixed.parts[part].verdict);
    }
    CHECK(diff_of(capture, "a.jsonl", "shuffled.jsonl").verdict == Likeness::same);
  }
}

TEST_CASE("a part of the calls never turns a certain verdict into the opposite") {
  // Certain is what numbers prove, and not what a vocabulary says where they are silent, on a side
  // or of a part that is 0 there.
  const auto is_certain = [](const AxisDifference& axis) {
    if (axis.verdict == Likeness::same && axis.a.value != axis.b.value) return false;
    return axis.verdict != Likeness::undetermined && axis.a.by != Proof::dialect &&
           axis.b.by != Proof::dialect;
  };
  for (int seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    // The same calls, as two programs write them.
    Random random(static_cast<unsigned>(seed));
    Random same_as_random = random;
    Random writers(static_cast<unsigned>(seed + kSeeds));
    const auto a = calls(random, any_writer(writers), "a");
    const auto b = calls(same_as_random, any_writer(writers), "a");
    for (std::size_t number = 1; number < a.size(); ++number) {
      CAPTURE(number);
      const std::vector<std::string> part(a.begin(), a.begin() + static_cast<long>(number));
      const MadeCapture capture(
          {{"all.jsonl", text_of(a)}, {"part.jsonl", text_of(part)}, {"b.jsonl", text_of(b)}});
      const DiffReport all = diff_of(capture, "all.jsonl", "b.jsonl");
      const DiffReport some = diff_of(capture, "part.jsonl", "b.jsonl");
      for (std::size_t axis = 0; axis < all.meaning.size(); ++axis) {
        CAPTURE(axis);
        CAPTURE(all.meaning[axis].axis);
        if (!is_certain(all.meaning[axis]) || !is_certain(some.meaning[axis])) continue;
        CHECK(all.meaning[axis].verdict == some.meaning[axis].verdict);
      }
    }
  }
}

}  // namespace
}  // namespace usagectl
