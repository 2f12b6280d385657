// A log of somebody's own making that nobody taught: calls, their sums by model, and the sum of
// all.
#include <fmt/format.h>

#include <array>
#include <map>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::string_view kFile = "usage.json";
constexpr std::array<const char*, 5> kKeys = {"input_tokens", "output_tokens", "cached_tokens",
                                              "reasoning_tokens", "total_tokens"};

long long whole(const Json& value) { return value.get<long long>(); }

void add(Json& sums, const Json& call) {
  for (const char* const key : kKeys)
    sums[key] = (sums.contains(key) ? whole(sums[key]) : 0) + whole(call[key]);
  sums["calls"] = (sums.contains("calls") ? whole(sums["calls"]) : 0) + 1;
}

std::unique_ptr<Sample> sound(Random& random) {
  auto sample = std::make_unique<FileSample>();
  Json total = Json::object();
  Json by_model = Json::object();
  Json calls = Json::array();
  const auto number = random.between(6, 40);
  for (std::uint64_t i = 0; i < number; ++i) {
    const auto input = static_cast<long long>(random.between(200, 9000));
    const auto output = static_cast<long long>(random.between(30, 3000));
    const auto cached = static_cast<long long>(random.below(static_cast<std::uint64_t>(input)));
    const auto reasoning = static_cast<long long>(random.below(static_cast<std::uint64_t>(output)));
    const std::string model = fmt::format("made-up-{}", i < 3 ? i : random.below(3));
    Json call = {{"id", random.id("call-", 10)},
                 {"timestamp", fmt::format("2026-03-01T10:{:02}:00Z", i)},
                 {"model", model},
                 {"status", "success"}};
    const std::array values = {input, output, cached, reasoning, input + output};
    for (std::size_t key = 0; key < kKeys.size(); ++key) call[kKeys[key]] = values[key];
    if (!by_model.contains(model)) by_model[model] = Json::object();
    add(total, call);
    add(by_model[model], call);
    calls.push_back(call);
  }
  sample->documents[std::string(kFile)] = {
      {"total", total}, {"by_model", by_model}, {"calls", calls}};
  return sample;
}

Json& document(Sample& sample) {
  return dynamic_cast<FileSample&>(sample).documents[std::string(kFile)];
}
PlantedAt at(std::string pointer) { return {std::string(kFile), std::move(pointer), 0}; }

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  const char* const key =
      std::array{"input_tokens", "output_tokens", "total_tokens"}[random.below(3)];
  Json& number = document(sample)["total"][key];
  const auto changed = with_changed_digits(whole(number), random);
  if (!changed) return std::nullopt;
  number = *changed;
  return Planted{"digits-changed", {at("/total")}};
}

std::optional<Planted> change_digits_of_call(Sample& sample, Random& random) {
  if (!document(sample).contains("calls")) return std::nullopt;
  Json& calls = document(sample)["calls"];
  const auto index = random.below(calls.size());
  const char* const key =
      std::array{"input_tokens", "output_tokens", "total_tokens"}[random.below(3)];
  const auto changed = with_changed_digits(whole(calls[index][key]), random);
  if (!changed) return std::nullopt;
  calls[index][key] = *changed;
  return Planted{"digits-changed", {at(fmt::format("/calls/{}", index))}};
}

std::optional<Planted> change_digits_of_model(Sample& sample, Random& random) {
  if (!document(sample).contains("by_model") || !document(sample)["by_model"].contains("made-up-1"))
    return std::nullopt;
  Json& number = document(sample)["by_model"]["made-up-1"]["input_tokens"];
  const auto changed = with_changed_digits(whole(number), random);
  if (!changed) return std::nullopt;
  number = *changed;
  return Planted{"digits-changed", {at("/by_model/made-up-1")}};
}

std::optional<Planted> add_reasoning(Sample& sample, Random&) {
  Json& total = document(sample)["total"];
  total["output_tokens"] = whole(total["output_tokens"]) + whole(total["reasoning_tokens"]);
  return Planted{"reasoning-added", {at("/total")}};
}

/// A list of ten, twenty, … may have been cut, and proves nothing.
bool may_be_cut(const Json& calls) { return calls.size() % 10 == 0; }

std::optional<Planted> leave_out_call(Sample& sample, Random& random) {
  if (!document(sample).contains("calls")) return std::nullopt;
  Json& calls = document(sample)["calls"];
  calls.erase(random.below(calls.size()));
  if (may_be_cut(calls)) return std::nullopt;
  return Planted{"detail-missing", {at("/total"), at("/by_model")}};
}

std::optional<Planted> repeat_call(Sample& sample, Random& random) {
  if (!document(sample).contains("calls")) return std::nullopt;
  Json& calls = document(sample)["calls"];
  const auto index = random.below(calls.size());
  const Json call = calls[index];
  calls.insert(calls.begin() + static_cast<std::ptrdiff_t>(index), call);
  return Planted{"detail-repeated",
                 {at(fmt::format("/calls/{}", index)), at(fmt::format("/calls/{}", index + 1))}};
}

std::optional<Planted> save_early(Sample& sample, Random& random) {
  if (!document(sample).contains("calls")) return std::nullopt;
  Json& calls = document(sample)["calls"];
  const auto saved = calls.size() - random.between(2, 3);
  Json total = Json::object();
  for (std::size_t i = 0; i < saved; ++i) add(total, calls[i]);
  document(sample)["total"] = total;
  document(sample).erase("by_model");
  return Planted{"aggregate-stale", {at("/total"), at(fmt::format("/calls/{}", saved))}};
}

std::optional<Planted> leave_out_model(Sample& sample, Random&) {
  if (!document(sample).contains("by_model")) return std::nullopt;
  Json& models = document(sample)["by_model"];
  if (models.size() < 3) return std::nullopt;
  models.erase("made-up-1");
  document(sample).erase("calls");
  return Planted{"part-missing", {at("/total"), at("/by_model")}};
}

}  // namespace

SampleFormat own_format() {
  return {"own",
          sound,
          {{"digits-changed", change_digits},
           {"digits-changed", change_digits_of_call},
           {"digits-changed", change_digits_of_model},
           {"reasoning-added", add_reasoning},
           {"detail-missing", leave_out_call},
           {"detail-repeated", repeat_call},
           {"aggregate-stale", save_early},
           {"part-missing", leave_out_model}}};
}

}  // namespace usagectl
