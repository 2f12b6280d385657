// What the CV sidecar prints: responses, some of which fail.
#include <fmt/format.h>

#include <array>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::string_view kFile = "sidecar.jsonl";

Json usage_of(Random& random) {
  const auto input = static_cast<long long>(random.between(200, 9000));
  const auto output = static_cast<long long>(random.between(30, 3000));
  return {{"prompt_tokens", input},
          {"completion_tokens", output},
          {"total_tokens", input + output},
          {"model", "made-up-model"}};
}

std::unique_ptr<Sample> sound(Random& random) {
  auto sample = std::make_unique<FileSample>();
  const auto calls = random.between(3, 20);
  auto& lines = sample->lines[std::string(kFile)];
  for (std::uint64_t i = 0; i < calls; ++i) {
    Json data = {{"extract_time_ms", 30}, {"token_usage", usage_of(random)}};
    lines.push_back({{"id", fmt::format("req-{}-{}", i, 1'769'526'009'000 + i * 60'000)},
                     {"success", true},
                     {"data", data}});
  }
  return sample;
}

std::vector<Json>& lines_of(Sample& sample) {
  return dynamic_cast<FileSample&>(sample).lines[std::string(kFile)];
}

std::optional<Planted> repeat_usage_on_failure(Sample& sample, Random& random) {
  auto& lines = lines_of(sample);
  const auto index = random.below(lines.size());
  Json failure = {{"id", fmt::format("req-9{}-1769526000000", index)},
                  {"success", false},
                  {"error", "..."},
                  {"data", {{"token_usage", lines[index]["data"]["token_usage"]}}}};
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(index) + 1, failure);
  return Planted{"usage-repeated-stale", {{std::string(kFile), "/data/token_usage", index + 2}}};
}

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  auto& lines = lines_of(sample);
  const auto index = random.below(lines.size());
  Json& usage = lines[index]["data"]["token_usage"];
  const char* const key =
      std::array{"prompt_tokens", "completion_tokens", "total_tokens"}[random.below(3)];
  const auto changed = with_changed_digits(usage[key], random);
  if (!changed) return std::nullopt;
  usage[key] = *changed;
  return Planted{"digits-changed", {{std::string(kFile), "/data/token_usage", index + 1}}};
}

}  // namespace

SampleFormat sidecar_format() {
  return {"sidecar",
          sound,
          {{"usage-repeated-stale", repeat_usage_on_failure}, {"digits-changed", change_digits}}};
}

}  // namespace usagectl
