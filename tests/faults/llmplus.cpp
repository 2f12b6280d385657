// token_usage.json of llmplus, with the details of each request.
#include <array>
#include <string>

#include "faults/sample.hpp"

namespace usagectl {
namespace {

using Json = FileSample::Json;

constexpr std::string_view kFile = "token_usage.json";
constexpr std::array<const char*, 5> kKeys = {"input_tokens", "output_tokens", "reasoning_tokens",
                                              "requests", "completions"};

long long whole(const Json& object, const char* key) { return object[key].get<long long>(); }

/// What a detail adds to the aggregate's `key`.
long long adds(const Json& detail, std::string_view key) {
  if (key == "requests") return 1;
  if (key == "completions") return whole(detail, "num_completions");
  if (key == "output_tokens") {
    return std::max(whole(detail, "output_tokens"),
                    whole(detail, "total_tokens") - whole(detail, "input_tokens"));
  }
  return whole(detail, std::string(key).c_str());
}

void sum_up(Json& usage, std::size_t first, std::size_t end) {
  const Json& details = usage["per_request_details"];
  for (const char* const key : kKeys) {
    long long sum = 0;
    for (std::size_t i = first; i < end; ++i) sum += adds(details[i], key);
    usage[key] = sum;
  }
}

Json detail_of(Random& random, long long number, bool outside) {
  const auto input = static_cast<long long>(random.between(200, 9000));
  const auto output = static_cast<long long>(random.between(30, 3000));
  const auto reasoning =
      random.one_in(4) ? 0
                       : static_cast<long long>(random.below(static_cast<std::uint64_t>(output)));
  return {{"request_num", number},
          {"input_tokens", input},
          {"output_tokens", output},
          {"reasoning_tokens", reasoning},
          {"total_tokens", input + output + (outside ? reasoning : 0)},
          {"num_completions", random.one_in(3) ? static_cast<long long>(random.between(2, 5)) : 1}};
}

Json usage_of(Random& random) {
  Json usage = Json::object();
  for (const char* const key : kKeys) usage[key] = 0;
  usage["per_request_details"] = Json::array();
  const auto requests = random.between(2, 40);
  const bool outside = random.one_in(5);
  for (std::uint64_t i = 1; i <= requests; ++i)
    usage["per_request_details"].push_back(detail_of(random, static_cast<long long>(i), outside));
  sum_up(usage, 0, requests);
  return usage;
}

std::unique_ptr<Sample> sound(Random& random) {
  auto sample = std::make_unique<FileSample>();
  Json after = Json::object();
  Json before = Json::object();
  after["made-up-model"] = usage_of(random);
  if (random.one_in(3)) after["made-up-other"] = usage_of(random);
  if (random.one_in(3)) {
    // A second job of the session: the list of the first one is the very same.
    Json earlier = after["made-up-model"];
    sum_up(earlier, 0, random.between(1, earlier["per_request_details"].size() - 1));
    before["made-up-model"] = earlier;
  }
  sample->documents[std::string(kFile)] = {{"before", before}, {"after", after}};
  return sample;
}

const std::string kModel = "/after/made-up-model";

FileSample& files(Sample& sample) { return dynamic_cast<FileSample&>(sample); }
Json& document(Sample& sample) { return files(sample).documents[std::string(kFile)]; }
Json& usage(Sample& sample) { return document(sample)["after"]["made-up-model"]; }
bool is_first_job(Sample& sample) { return document(sample)["before"].empty(); }
Json& details(Sample& sample) { return usage(sample)["per_request_details"]; }

PlantedAt at_detail(std::size_t index) {
  return {std::string(kFile), kModel + "/per_request_details/" + std::to_string(index), 0};
}
PlantedAt at_key(std::string_view key) {
  return {std::string(kFile), kModel + "/" + std::string(key), 0};
}

std::optional<Planted> miss_detail(Sample& sample, Random& random) {
  if (!is_first_job(sample)) return std::nullopt;
  const auto index = random.below(details(sample).size());
  details(sample).erase(index);
  return Planted{"detail-missing", {at_detail(index)}};
}

/// The writer numbered what was left.
std::optional<Planted> miss_detail_renumbered(Sample& sample, Random& random) {
  if (!is_first_job(sample)) return std::nullopt;
  details(sample).erase(random.below(details(sample).size()));
  long long number = 0;
  for (Json& detail : details(sample)) detail["request_num"] = ++number;
  return Planted{"detail-missing", {at_key("requests")}};
}

std::optional<Planted> repeat_detail(Sample& sample, Random& random) {
  if (!is_first_job(sample)) return std::nullopt;
  const auto index = random.below(details(sample).size());
  const Json copy = details(sample)[index];
  details(sample).insert(details(sample).begin() + static_cast<std::ptrdiff_t>(index), copy);
  return Planted{"detail-repeated", {at_detail(index + 1)}};
}

std::optional<Planted> save_too_early(Sample& sample, Random& random) {
  if (!is_first_job(sample) || details(sample).size() < 2) return std::nullopt;
  const auto kept = random.between(1, details(sample).size() - 1);
  sum_up(usage(sample), 0, kept);
  return Planted{"aggregate-stale", {at_detail(kept)}};
}

std::optional<Planted> include_earlier(Sample& sample, Random&) {
  if (is_first_job(sample)) return std::nullopt;
  const Json& before = document(sample)["before"]["made-up-model"];
  for (const char* const key : kKeys)
    usage(sample)[key] = whole(usage(sample), key) + whole(before, key);
  return Planted{"aggregate-includes-earlier", {{std::string(kFile), "/before/made-up-model", 0}}};
}

std::optional<Planted> sum_running_totals(Sample& sample, Random&) {
  if (!is_first_job(sample) || details(sample).size() < 3) return std::nullopt;
  for (const char* const key : {"input_tokens", "output_tokens", "reasoning_tokens"}) {
    long long running = 0;
    long long sum = 0;
    for (const Json& detail : details(sample)) sum += running += adds(detail, key);
    usage(sample)[key] = sum;
  }
  return Planted{"cumulative-summed", {at_key("input_tokens"), at_key("output_tokens")}};
}

template <int Sign>
std::optional<Planted> add_reasoning(Sample& sample, Random&) {
  const long long reasoning = whole(usage(sample), "reasoning_tokens");
  if (!is_first_job(sample) || reasoning == 0) return std::nullopt;
  usage(sample)["output_tokens"] = whole(usage(sample), "output_tokens") + Sign * reasoning;
  return Planted{Sign > 0 ? "reasoning-added" : "reasoning-left-out", {at_key("output_tokens")}};
}

std::optional<Planted> count_requests_as_completions(Sample& sample, Random&) {
  if (!is_first_job(sample) || usage(sample)["completions"] == usage(sample)["requests"])
    return std::nullopt;
  usage(sample)["completions"] = usage(sample)["requests"];
  return Planted{"completions-per-request", {at_key("completions")}};
}

std::optional<Planted> change_digits(Sample& sample, Random& random) {
  const char* const key = std::array{"input_tokens", "output_tokens"}[random.below(2)];
  const auto changed = with_changed_digits(whole(usage(sample), key), random);
  if (!changed || !is_first_job(sample)) return std::nullopt;
  usage(sample)[key] = *changed;
  return Planted{"digits-changed", {at_key(key)}};
}

std::optional<Planted> change_digits_of_detail(Sample& sample, Random& random) {
  const char* const key =
      std::array{"input_tokens", "output_tokens", "total_tokens"}[random.below(3)];
  const auto index = random.below(details(sample).size());
  const auto changed = with_changed_digits(whole(details(sample)[index], key), random);
  if (!changed || !is_first_job(sample)) return std::nullopt;
  details(sample)[index][key] = *changed;
  return Planted{"digits-changed", {at_detail(index)}};
}

std::optional<Planted> wrap(Sample& sample, Random&) {
  if (!is_first_job(sample)) return std::nullopt;
  for (Json& detail : details(sample)) {
    const long long input = whole(detail, "input_tokens") * 1'000'003;
    detail["total_tokens"] = whole(detail, "total_tokens") - whole(detail, "input_tokens") + input;
    detail["input_tokens"] = input;
  }
  sum_up(usage(sample), 0, details(sample).size());
  const long long sum = whole(usage(sample), "input_tokens");
  if (sum < 4'294'967'296) return std::nullopt;
  usage(sample)["input_tokens"] = sum % 4'294'967'296;
  return Planted{"number-wrapped", {at_key("input_tokens")}};
}

std::optional<Planted> recompute_total_of_detail(Sample& sample, Random& random) {
  const auto index = random.below(details(sample).size());
  Json& detail = details(sample)[index];
  const long long sum = whole(detail, "input_tokens") + whole(detail, "output_tokens");
  if (!is_first_job(sample) || whole(detail, "total_tokens") == sum || details(sample).size() < 4)
    return std::nullopt;
  detail["total_tokens"] = sum;
  return Planted{"total-recomputed", {at_detail(index)}};
}

}  // namespace

SampleFormat llmplus_format() {
  return {"llmplus",
          sound,
          {{"detail-missing", miss_detail},
           {"detail-missing", miss_detail_renumbered},
           {"detail-repeated", repeat_detail},
           {"aggregate-stale", save_too_early},
           {"aggregate-includes-earlier", include_earlier},
           {"cumulative-summed", sum_running_totals},
           {"reasoning-added", add_reasoning<1>},
           {"reasoning-left-out", add_reasoning<-1>},
           {"completions-per-request", count_requests_as_completions},
           {"digits-changed", change_digits},
           {"digits-changed", change_digits_of_detail},
           {"number-wrapped", wrap},
           {"total-recomputed", recompute_total_of_detail}}};
}

}  // namespace usagectl
