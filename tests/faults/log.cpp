// A log of one's own: a call a line, each with its usage and nothing that sums them up.
#include <fmt/format.h>

#include <array>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::string_view kFile = "calls.jsonl";

std::unique_ptr<Sample> sound(Random& random) {
  auto sample = std::make_unique<FileSample>();
  const auto calls = random.between(3, 40);
  auto& lines = sample->lines[std::string(kFile)];
  for (std::uint64_t i = 0; i < calls; ++i) {
    const auto input = static_cast<long long>(random.between(200, 9000));
    const auto output = static_cast<long long>(random.between(30, 3000));
    const auto cached = static_cast<long long>(random.below(static_cast<std::uint64_t>(input)));
    const auto reasoning = static_cast<long long>(random.below(static_cast<std::uint64_t>(output)));
    lines.push_back({{"timestamp", fmt::format("2026-03-01T10:{:02}:00Z", i)},
                     {"model", "made-up-model"},
                     {"status", "success"},
                     {"usage",
                      {{"prompt_tokens", input},
                       {"completion_tokens", output},
                       {"total_tokens", input + output},
                       {"prompt_tokens_details", {{"cached_tokens", cached}}},
                       {"completion_tokens_details", {{"reasoning_tokens", reasoning}}}}}});
  }
  return sample;
}

std::vector<Json>& lines_of(Sample& sample) {
  return dynamic_cast<FileSample&>(sample).lines[std::string(kFile)];
}
PlantedAt at_line(std::size_t index) { return {std::string(kFile), "/usage", index + 1}; }
long long whole(const Json& value) { return value.get<long long>(); }

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  const auto index = random.below(lines_of(sample).size());
  Json& usage = lines_of(sample)[index]["usage"];
  const char* const key =
      std::array{"prompt_tokens", "completion_tokens", "total_tokens"}[random.below(3)];
  const auto changed = with_changed_digits(usage[key], random);
  if (!changed) return std::nullopt;
  usage[key] = *changed;
  return Planted{"digits-changed", {at_line(index)}};
}

std::optional<Planted> log_twice(Sample& sample, Random& random) {
  auto& lines = lines_of(sample);
  const auto index = random.below(lines.size());
  Json copy = lines[index];
  copy["status"] = "parse_error";
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(index) + 1, copy);
  return Planted{"call-logged-twice", {{std::string(kFile), "", index + 2}}};
}

std::optional<Planted> add_cache(Sample& sample, Random& random) {
  const auto index = random.below(lines_of(sample).size());
  Json& usage = lines_of(sample)[index]["usage"];
  usage["total_tokens"] =
      whole(usage["total_tokens"]) + whole(usage["prompt_tokens_details"]["cached_tokens"]);
  return Planted{"cache-added", {at_line(index)}};
}

std::optional<Planted> wrap(Sample& sample, Random& random) {
  const auto index = random.below(lines_of(sample).size());
  Json& usage = lines_of(sample)[index]["usage"];
  const long long input = whole(usage["prompt_tokens"]) * 1'000'003;
  usage["prompt_tokens"] = input;
  const long long total = input + whole(usage["completion_tokens"]);
  if (total < 4'294'967'296) return std::nullopt;
  usage["total_tokens"] = total % 4'294'967'296;
  return Planted{"number-wrapped", {at_line(index)}};
}

/// A second log begins with the calls of the first.
std::optional<Planted> replay(Sample& sample, Random& random) {
  auto& files = dynamic_cast<FileSample&>(sample).lines;
  std::vector<Json> other(files[std::string(kFile)].begin(), files[std::string(kFile)].begin() + 3);
  for (std::uint64_t i = 0; i < random.between(1, 5); ++i) {
    Json call = other.front();
    call["timestamp"] = fmt::format("2026-03-02T11:{:02}:00Z", i);
    call["usage"]["prompt_tokens"] = 100 + i;
    call["usage"]["total_tokens"] =
        100 + i + call["usage"]["completion_tokens"].get<std::uint64_t>();
    call["usage"]["prompt_tokens_details"]["cached_tokens"] = 0;
    other.push_back(call);
  }
  files["later.jsonl"] = other;
  return Planted{"replayed-prefix", {{"later", "/usage", 1}}};
}

}  // namespace

SampleFormat log_format() {
  return {"log",
          sound,
          {{"digits-changed", change_digits},
           {"call-logged-twice", log_twice},
           {"cache-added", add_cache},
           {"number-wrapped", wrap},
           {"replayed-prefix", replay}}};
}

}  // namespace usagectl
