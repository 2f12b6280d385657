// Statistics of tracked threads, as snapshots over time.
#include <array>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::string_view kFile = "stats.jsonl";

Json thread_json(long long input, long long output) {
  return {{"input_tokens", input}, {"output_tokens", output}, {"total_tokens", input + output}};
}

void sum_up(Json& snapshot) {
  Json& statistics = snapshot["statistics"];
  long long sum = 0;
  for (const auto& [name, usage] : statistics["threads"].items())
    sum += usage["total_tokens"].get<long long>();
  statistics["total_threads"] = statistics["threads"].size();
  statistics["total_tokens_across_all_threads"] = sum;
}

std::unique_ptr<Sample> sound(Random& random) {
  auto sample = std::make_unique<FileSample>();
  const auto threads = random.between(3, 10);
  const auto snapshots = random.between(1, 5);
  std::vector<std::pair<long long, long long>> used(threads);
  auto& lines = sample->lines[std::string(kFile)];
  for (std::uint64_t i = 0; i < snapshots; ++i) {
    Json snapshot = {{"timestamp", 1'754'000'000.5 + static_cast<double>(i)},
                     {"statistics",
                      {{"total_threads", 0},
                       {"total_tokens_across_all_threads", 0},
                       {"threads", Json::object()}}}};
    for (std::uint64_t thread = 0; thread < threads; ++thread) {
      used[thread].first += static_cast<long long>(random.between(100, 5000));
      used[thread].second += static_cast<long long>(random.between(20, 2000));
      snapshot["statistics"]["threads"]["thread_" + std::to_string(thread)] =
          thread_json(used[thread].first, used[thread].second);
    }
    sum_up(snapshot);
    lines.push_back(snapshot);
  }
  return sample;
}

std::vector<Json>& lines_of(Sample& sample) {
  return dynamic_cast<FileSample&>(sample).lines[std::string(kFile)];
}
Json& any_snapshot(Sample& sample, Random& random, std::uint64_t& line) {
  line = random.below(lines_of(sample).size()) + 1;
  return lines_of(sample)[line - 1]["statistics"];
}

std::optional<Planted> miss_thread(Sample& sample, Random& random) {
  std::uint64_t line = 0;
  Json& statistics = any_snapshot(sample, random, line);
  if (line != lines_of(sample).size()) return std::nullopt;
  statistics["threads"].erase("thread_" + std::to_string(random.below(3)));
  return Planted{"part-missing", {{std::string(kFile), "/statistics", line}}};
}

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  std::uint64_t line = 0;
  Json& statistics = any_snapshot(sample, random, line);
  const auto changed = with_changed_digits(statistics["total_tokens_across_all_threads"], random);
  if (!changed) return std::nullopt;
  statistics["total_tokens_across_all_threads"] = *changed;
  return Planted{"digits-changed",
                 {{std::string(kFile), "/statistics/total_tokens_across_all_threads", line}}};
}

/// In the last snapshot, so that no running total falls after it.
std::optional<Planted> change_digits_of_thread(Sample& sample, Random& random) {
  if (lines_of(sample).size() > 1) return std::nullopt;
  Json& threads = lines_of(sample).back()["statistics"]["threads"];
  const std::string name = "thread_" + std::to_string(random.below(3));
  const char* const key =
      std::array{"input_tokens", "output_tokens", "total_tokens"}[random.below(3)];
  if (!threads.contains(name)) return std::nullopt;
  const auto changed = with_changed_digits(threads[name][key], random);
  if (!changed) return std::nullopt;
  threads[name][key] = *changed;
  return Planted{"digits-changed", {{std::string(kFile), "/statistics/threads/" + name, 1}}};
}

std::optional<Planted> reset(Sample& sample, Random& random) {
  auto& lines = lines_of(sample);
  if (lines.size() < 2) return std::nullopt;
  const auto line = random.between(2, lines.size());
  const std::string name = "thread_" + std::to_string(random.below(3));
  for (const Json& snapshot : lines) {
    if (!snapshot["statistics"]["threads"].contains(name)) return std::nullopt;
  }
  const Json before = lines[line - 2]["statistics"]["threads"][name];
  for (std::size_t i = line - 1; i < lines.size(); ++i) {
    Json& thread = lines[i]["statistics"]["threads"][name];
    thread = thread_json(
        thread["input_tokens"].get<long long>() - before["input_tokens"].get<long long>(),
        thread["output_tokens"].get<long long>() - before["output_tokens"].get<long long>());
    sum_up(lines[i]);
  }
  const Json& now = lines[line - 1]["statistics"]["threads"][name];
  if (now["total_tokens"] >= before["total_tokens"]) return std::nullopt;
  return Planted{"counter-reset", {{std::string(kFile), "/statistics/threads/" + name, line}}};
}

std::optional<Planted> wrap(Sample& sample, Random&) {
  auto& lines = lines_of(sample);
  lines.resize(1);
  for (auto& [name, usage] : lines[0]["statistics"]["threads"].items()) {
    usage = thread_json(usage["input_tokens"].get<long long>() * 1'000'003,
                        usage["output_tokens"].get<long long>());
  }
  sum_up(lines[0]);
  const long long sum = lines[0]["statistics"]["total_tokens_across_all_threads"];
  if (sum < 4'294'967'296) return std::nullopt;
  lines[0]["statistics"]["total_tokens_across_all_threads"] = sum % 4'294'967'296;
  return Planted{"number-wrapped",
                 {{std::string(kFile), "/statistics/total_tokens_across_all_threads", 1}}};
}

}  // namespace

SampleFormat threads_format() {
  return {"threads",
          sound,
          {{"part-missing", miss_thread},
           {"digits-changed", change_digits},
           {"digits-changed", change_digits_of_thread},
           {"counter-reset", reset},
           {"number-wrapped", wrap}}};
}

}  // namespace usagectl
