// Lines of logs that are written alike: their records are copies but for a few values.
#include "formats/lines/kept_records.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "formats/random_lines.hpp"
#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

std::string text_of(const Counts& counts) {
  std::string text;
  for (const Counter counter : kCounters) {
    text += fmt::format(" {}{}{}", counts[counter].value_or(-1), counts.is_open(counter) ? "?" : "",
                        counts.is_open_by_place(counter) ? "!" : "");
  }
  return text;
}

/// All that a record says.
std::string text_of(const UsageRecord& record) {
  std::string text = fmt::format(
      "{} {} {} {} {} {} {} {} {} {} '{}' {} '{}' '{}' '{}' '{}' {} {} {}", record.place.file,
      record.place.line, record.place.pointer, record.format, record.dialect, int(record.role),
      int(record.running), record.unit, record.view.rank, record.view.name, record.id,
      int(record.same_id), record.second_id, record.id_space, record.model, record.time,
      record.number, record.failed, record.cache_write_1h.value_or(-1));
  for (const auto& [key, value] : record.scope) text += fmt::format(" {}={}", key, value);
  const SumOfCalls& sums = record.sums;
  text += fmt::format(" {}{}{}{}{} {} {} {}", sums.is_named_so, sums.has_total_keys,
                      sums.is_called_so, sums.is_called_end, sums.is_so_far, int(sums.statistic),
                      sums.window_hours, sums.calls.value_or(-1));
  text += text_of(record.counts) + " |" + text_of(record.given);
  if (record.cost) text += " cost under " + record.cost->key;
  for (const KeySeen& key : record.keys)
    text += fmt::format(" {}{}={}", key.path, key.is_null ? "!" : "", key.count.value_or(-1));
  return text;
}

struct Read {
  FormatReading found;
  std::size_t again = 0;  ///< lines that were read as others before them
};

/// By a thread of its own, which has learned nothing yet.
Read read(std::string text, bool wants_keys) {
  Read read;
  std::thread([&] {
    const std::size_t size = text.size();
    text.append(JsonParser::kPadding, '\0');
    Observations found;
    JsonParser parser;
    FileContext file{0, "log.jsonl", false};
    file.wants_keys = wants_keys;
    read_text(std::string_view(text).substr(0, size), file, parser, found);
    read = {FormatReading(std::move(found)), kept_records(file.catalogue()).used()};
  }).join();
  return read;
}

/// The same lines, each with one space more than the one before it: no two are written alike.
std::string written_otherwise(const std::string& lines) {
  std::string others;
  std::size_t spaces = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at) + 1;
    others += '{' + std::string(++spaces, ' ') + lines.substr(at + 1, end - at - 1);
    at = end;
  }
  return others;
}

/// How many lines were read as others before them. Each says what it says when it is read in full.
std::size_t read_again(const std::string& lines) {
  const bool wants_keys = lines.size() % 2 == 0;
  const auto [quickly, again] = read(lines, wants_keys);
  const auto [slowly, none] = read(written_otherwise(lines), wants_keys);
  CHECK(none == 0);
  REQUIRE(quickly.records.size() == slowly.records.size());
  CHECK(quickly.findings.size() == slowly.findings.size());
  CHECK(quickly.checks_held == slowly.checks_held);
  CHECK(quickly.ignored_by == slowly.ignored_by);
  CHECK(quickly.problems == slowly.problems);
  for (std::size_t i = 0; i < quickly.records.size(); ++i)
    CHECK(text_of(quickly.records[i]) == text_of(slowly.records[i]));
  return again;
}

std::string call(std::string_view about, std::string_view usage) {
  return fmt::format("{{{}\"usage\":{{{}}}}}\n", about, usage);
}

constexpr std::string_view kUsage = R"("prompt_tokens":10,"completion_tokens":2,"total_tokens":12)";

std::string after_two(std::string_view about, std::string_view usage = kUsage) {
  const std::string first =
      call(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"x",)", kUsage);
  return first + first + first + call(about, usage);
}

}  // namespace

TEST_CASE("a line that is written as others says what it says when it is read in full") {
  RandomLines random(16);
  const auto shape_of_line = [&] {
    RandomLines::Shape shape = random.shape_of_line();
    // Costs, numbers of calls and what is no number say more than counts. A few of them stay.
    for (auto* names : {&shape.of_line, &shape.of_usage, &shape.of_details}) {
      std::erase_if(*names, [&](const Choice* one) {
        const std::string_view name = one->name;
        const bool says_more = name.find("cost") != name.npos || name.find("calls") != name.npos ||
                               name == "num_requests" || name == "total_tokens" ||
                               name == "cached" || name == "wide";
        return says_more && random.pick(16) != 0;
      });
    }
    return shape;
  };
  std::size_t again = 0;
  for (int shape = 0; shape < 300; ++shape) {
    const RandomLines::Shape one = shape_of_line();
    const RandomLines::Shape other = shape_of_line();
    std::string lines;
    for (int values = 0; values < 40; ++values)
      lines += random.line(random.pick(4) == 0 ? other : one) + "\n";
    again += read_again(lines);
  }
  CHECK(again > 20);
}

TEST_CASE("numbers at every border are read as in full, in several vocabularies") {
  const std::vector<std::vector<std::string_view>> vocabularies = {
      {"prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details.cached_tokens",
       "completion_tokens_details.reasoning_tokens"},
      {"input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"},
      {"promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount", "totalTokenCount"},
      {"input_tokens", "output_tokens", "total_tokens", "input_tokens_details.cached_tokens"},
      {"prompt_tokens", "completion_tokens", "prompt_cache_hit_tokens",
       "prompt_cache_miss_tokens"}};
  std::mt19937 random(5);
  const std::vector<Count> values = {0, 0, 1, 2, 5, 7, 10, 10, 12, 15, 22, 23, 100, kLargestCount};
  std::size_t again = 0;
  for (int log = 0; log < 200; ++log) {
    const auto& keys = vocabularies[random() % vocabularies.size()];
    std::string lines;
    for (int line = 0; line < 60; ++line) {
      std::string usage;
      std::string details;
      for (const std::string_view key : keys) {
        const auto dot = key.find('.');
        // Most totals are sums.
        const Count value = values[random() % (line % 3 == 0 ? values.size() : 8)];
        if (dot != std::string_view::npos) {
          details +=
              fmt::format(",\"{}\":{{\"{}\":{}}}", key.substr(0, dot), key.substr(dot + 1), value);
          continue;
        }
        usage += fmt::format("{}\"{}\":{}", usage.empty() ? "" : ",", key, value);
      }
      lines += call(fmt::format("\"id\":\"req_{:016}\",\"model\":\"m{}\",", line, random() % 3),
                    usage + details);
    }
    again += read_again(lines);
  }
  CHECK(again > 1000);
}

TEST_CASE("a line with another id, time or session and other counts is a copy but for these") {
  std::string lines;
  for (int i = 0; i < 20; ++i) {
    lines += call(fmt::format(R"("time":"2026-01-01T10:00:{:02}Z","request_id":"req_{:020}",)"
                              R"("model":"gpt-4o","session_id":"s{}",)",
                              i, i, i / 3),
                  fmt::format("\"prompt_tokens\":{},\"completion_tokens\":{}", 100 + i, i));
  }
  CHECK(read_again(lines) >= 15);
}

TEST_CASE("values that say more than their place in a record are read in full") {
  for (const auto& lines : {
           after_two(R"("id":"17","model":"gpt-4o","note":"x",)"),
           after_two(R"("id":"chatcmpl-1","model":"gpt-4o","note":"x",)"),
           after_two(R"("id":"","model":"gpt-4o","note":"x",)"),
           after_two(R"("id":"req_0123456789abcdef","model":"total","note":"x",)"),
           after_two(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"grand total",)"),
           after_two(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"x",)",
                     R"("prompt_tokens":0,"completion_tokens":0,"total_tokens":0)"),
           after_two(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"x",)",
                     R"("prompt_tokens":10,"completion_tokens":2,"total_tokens":11)"),
           after_two(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"x",)",
                     R"("prompt_tokens":10,"completion_tokens":2.5,"total_tokens":12)"),
           after_two(R"("id":"req_0123456789abcdef","model":"gpt-4o","note":"x",)",
                     R"("prompt_tokens":10,"completion_tokens":-2,"total_tokens":8)"),
       }) {
    CAPTURE(lines);
    read_again(lines);
  }
}

TEST_CASE("names that are other ones on every line are not kept") {
  std::string lines;
  for (int i = 0; i < 2000; ++i)
    lines += call(fmt::format("\"project\":\"p{}\",\"model\":\"gpt-4o\",", i), kUsage);
  CHECK(read_again(lines) == 0);
}

}  // namespace usagectl
