// A simulation of Thing' Sandbox: entities, the sum of them, and a log of each tick with its
// phases.
#include <fmt/format.h>

#include <array>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::array<const char*, 4> kKeys = {"total_tokens", "reasoning_tokens", "cached_tokens",
                                              "total_requests"};
using Numbers = std::array<long long, 4>;

void add(Numbers& sum, const Numbers& more) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
}

std::string with_commas(long long number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

Json usage_json(const Numbers& numbers) {
  Json usage = Json::object();
  for (std::size_t i = 0; i < kKeys.size(); ++i) usage[kKeys[i]] = numbers[i];
  return usage;
}

class Simulation final : public FileSample {
 public:
  std::vector<std::string> entities;
  std::map<std::string, Numbers> used;
  std::uint64_t ticks = 0;

  void tick(Random& random) {
    ++ticks;
    Numbers tick_sum{};
    std::string phases;
    for (const char* const phase : {"1: Intentions", "2a: Arbitration", "2b: Narratives"}) {
      Numbers sum{};
      for (const std::string& entity : entities) {
        if (random.one_in(3)) continue;
        const auto total = static_cast<long long>(random.between(400, 4000));
        const Numbers call = {
            total, static_cast<long long>(random.below(static_cast<std::uint64_t>(total / 4))),
            static_cast<long long>(random.below(static_cast<std::uint64_t>(total / 2))), 1};
        add(used[entity], call);
        add(sum, call);
      }
      add(tick_sum, sum);
      phases +=
          fmt::format("## Phase {}\n\n**Duration:** 1.0s | **Tokens:** {} (reasoning: {})\n\n",
                      phase, with_commas(sum[0]), with_commas(sum[1]));
    }
    texts[fmt::format("logs/tick_{:06}.md", ticks)] = fmt::format(
        "# Tick {}\n\n**Simulation:** made-up  \n**Timestamp:** 2026-01-01 00:00  \n**Duration:** "
        "3.0s\n\n## Summary\n\n"
        "| Metric | Value |\n|--------|-------|\n| Total tokens | {} |\n| Reasoning tokens | {} "
        "|\n| Cached tokens | {} |\n| LLM requests | {} |\n\n{}",
        ticks, with_commas(tick_sum[0]), with_commas(tick_sum[1]), with_commas(tick_sum[2]),
        tick_sum[3], phases);
  }

  void write_entities() {
    for (const std::string& entity : entities) {
      documents[file_of(entity)] = {
          {"identity", {{"id", entity}, {"name", entity}}},
          {"state", Json::object()},
          {"_openai", {{"memory_chain", {"resp_" + entity}}, {"usage", usage_json(used[entity])}}}};
    }
  }
  void write_simulation() {
    Numbers sum{};
    for (const std::string& entity : entities) add(sum, used[entity]);
    documents["simulation.json"] = {{"id", "made-up"},
                                    {"current_tick", ticks},
                                    {"created_at", "2026-01-01T00:00:00+00:00"},
                                    {"status", "paused"},
                                    {"_openai", usage_json(sum)}};
  }

  static std::string file_of(const std::string& entity) {
    return (entity[0] == 'c' ? "characters/" : "locations/") + entity + ".json";
  }
  /// In the new format; another fault may have taken it away.
  bool has_usage(const std::string& entity) const {
    const auto found = documents.find(file_of(entity));
    return found != documents.end() && found->second["_openai"]["usage"].contains("total_tokens");
  }
  Json& usage(const std::string& entity) { return documents[file_of(entity)]["_openai"]["usage"]; }
  Json& total() { return documents["simulation.json"]["_openai"]; }
};

std::unique_ptr<Sample> sound(Random& random) {
  auto simulation = std::make_unique<Simulation>();
  const auto characters = random.between(2, 5);
  const auto locations = random.between(1, 4);
  for (std::uint64_t i = 0; i < characters; ++i)
    simulation->entities.push_back(fmt::format("c{}", i));
  for (std::uint64_t i = 0; i < locations; ++i)
    simulation->entities.push_back(fmt::format("l{}", i));
  const auto ticks = random.between(2, 6);
  for (std::uint64_t i = 0; i < ticks; ++i) simulation->tick(random);
  simulation->write_entities();
  simulation->write_simulation();
  return simulation;
}

Simulation& simulation_of(Sample& sample) { return dynamic_cast<Simulation&>(sample); }
const std::string& any_entity(Simulation& simulation, Random& random) {
  return simulation.entities[random.below(simulation.entities.size())];
}

std::optional<Planted> miss_entity(Sample& sample, Random& random) {
  Simulation& simulation = simulation_of(sample);
  simulation.documents.erase(Simulation::file_of(any_entity(simulation, random)));
  return Planted{"part-missing", {{"simulation.json", "/_openai", 0}}};
}

std::optional<Planted> miss_entity_without_logs(Sample& sample, Random& random) {
  simulation_of(sample).texts.clear();
  simulation_of(sample).documents["simulation.json"]["output"] = {{"file", {{"enabled", false}}}};
  return miss_entity(sample, random);
}

std::optional<Planted> miss_log(Sample& sample, Random& random) {
  Simulation& simulation = simulation_of(sample);
  if (simulation.ticks < 3) return std::nullopt;
  simulation.texts.erase(
      fmt::format("logs/tick_{:06}.md", random.between(1, simulation.ticks - 1)));
  return Planted{"part-missing", {{"simulation.json", "/current_tick", 0}}};
}

/// The writer stopped after the entities of a further tick.
std::optional<Planted> stop_in_between(Sample& sample, Random& random) {
  Simulation& simulation = simulation_of(sample);
  simulation.tick(random);
  simulation.texts.erase(fmt::format("logs/tick_{:06}.md", simulation.ticks));
  simulation.write_entities();
  return Planted{"part-newer", {{"simulation.json", "/_openai", 0}}};
}

std::optional<Planted> leave_old_format(Sample& sample, Random& random) {
  Simulation& simulation = simulation_of(sample);
  const std::string& entity = any_entity(simulation, random);
  if (!simulation.has_usage(entity)) return std::nullopt;
  Json& usage = simulation.usage(entity);
  const long long total = usage["total_tokens"];
  if (total == 0) return std::nullopt;
  for (const char* const key : {"total_tokens", "reasoning_tokens", "cached_tokens"}) {
    simulation.total()[key] =
        simulation.total()[key].get<long long>() - usage[key].get<long long>();
  }
  usage = {{"total_input_tokens", total / 3 * 2},
           {"total_output_tokens", total - total / 3 * 2},
           {"total_requests", usage["total_requests"]}};
  simulation.texts.clear();
  simulation.documents["simulation.json"]["output"] = {{"file", {{"enabled", false}}}};
  return Planted{"old-format-part", {{Simulation::file_of(entity), "/_openai/usage", 0}}};
}

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  Json& total = simulation_of(sample).total();
  const char* const key = kKeys[random.below(3)];
  const auto changed = with_changed_digits(total[key], random);
  if (!changed) return std::nullopt;
  total[key] = *changed;
  return Planted{"digits-changed", {{"simulation.json", fmt::format("/_openai/{}", key), 0}}};
}

std::optional<Planted> change_digits_of_entity(Sample& sample, Random& random) {
  Simulation& simulation = simulation_of(sample);
  const std::string& entity = any_entity(simulation, random);
  if (!simulation.has_usage(entity)) return std::nullopt;
  const auto changed = with_changed_digits(simulation.usage(entity)["total_tokens"], random);
  if (!changed) return std::nullopt;
  simulation.usage(entity)["total_tokens"] = *changed;
  return Planted{"digits-changed", {{Simulation::file_of(entity), "/_openai/usage", 0}}};
}

std::optional<Planted> wrap(Sample& sample, Random&) {
  Simulation& simulation = simulation_of(sample);
  simulation.texts.clear();
  for (auto& [entity, numbers] : simulation.used) numbers[0] *= 1'000'003;
  simulation.write_entities();
  simulation.write_simulation();
  simulation.documents["simulation.json"]["output"] = {{"file", {{"enabled", false}}}};
  const long long total = simulation.total()["total_tokens"];
  if (total < 4'294'967'296) return std::nullopt;
  simulation.total()["total_tokens"] = total % 4'294'967'296;
  return Planted{"number-wrapped", {{"simulation.json", "/_openai/total_tokens", 0}}};
}

}  // namespace

SampleFormat sandbox_format() {
  return {"sandbox",
          sound,
          {{"part-missing", miss_entity},
           {"part-missing", miss_entity_without_logs},
           {"part-missing", miss_log},
           {"part-newer", stop_in_between},
           {"old-format-part", leave_old_format},
           {"digits-changed", change_digits},
           {"digits-changed", change_digits_of_entity},
           {"number-wrapped", wrap}}};
}

}  // namespace usagectl
