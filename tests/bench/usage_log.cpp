#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <string_view>

#include "data_sets.hpp"
#include "output_file.hpp"
#include "timestamp.hpp"

namespace usagectl {
namespace {

struct LoggedModel {
  std::string_view name;
  std::string_view provider;
  bool reasons;
};

constexpr std::array<LoggedModel, 5> kModels = {{{"gpt-4.1-2025-04-14", "openai", false},
                                                 {"gpt-4.1-mini-2025-04-14", "openai", false},
                                                 {"gpt-5-2025-08-07", "openai", true},
                                                 {"gpt-5-mini-2025-08-07", "azure", true},
                                                 {"o4-mini-2025-04-16", "azure", true}}};
constexpr std::array<std::string_view, 6> kTeams = {"atlas", "borealis", "cinder",
                                                    "dune",  "ember",    "fjord"};
constexpr std::array<unsigned, 8> kStatus = {200, 200, 200, 200, 200, 200, 200, 206};

// The same line twice: as most writers write it, and with a space after each colon and comma.
constexpr std::string_view kDense =
    R"({{"timestamp":"{}","request_id":"{}","provider":"{}","model":"{}","user":"{}","team":"{}","endpoint":"/v1/chat/completions","stream":{},"status":{},"latency_ms":{},"usage":{{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{},"prompt_tokens_details":{{"cached_tokens":{},"audio_tokens":0}},"completion_tokens_details":{{"reasoning_tokens":{},"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}}}})"
    "\n";
constexpr std::string_view kSpaced =
    R"({{"timestamp": "{}", "request_id": "{}", "provider": "{}", "model": "{}", "user": "{}", "team": "{}", "endpoint": "/v1/chat/completions", "stream": {}, "status": {}, "latency_ms": {}, "usage": {{"prompt_tokens": {}, "completion_tokens": {}, "total_tokens": {}, "prompt_tokens_details": {{"cached_tokens": {}, "audio_tokens": 0}}, "completion_tokens_details": {{"reasoning_tokens": {}, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}}}}})"
    "\n";

TrueCounts invented_call(Random& random, const LoggedModel& model) {
  TrueCounts call;
  call.requests = 1;
  call.input = random.skewed(7, 16);
  // Providers cache in steps of 128.
  if (random.one_in(2)) call.cache_read = random.between(0, call.input / 128) * 128;
  const std::uint64_t visible = random.skewed(4, 12);
  if (model.reasons) call.reasoning = random.between(0, 60) * 64;
  call.output = visible + call.reasoning;
  call.total = call.input + call.output;
  return call;
}

}  // namespace

Truth write_usage_log(const DataSetPlan& plan) {
  Truth truth({.cache_write = true});
  Random random = plan.random;
  OutputFile file(plan.folder / "usage_log.jsonl");
  std::uint64_t time = 1767225600000;  // 2026 begins
  std::string line;
  while (file.bytes() < plan.bytes) {
    const LoggedModel& model = random.pick(kModels);
    const TrueCounts call = invented_call(random, model);
    time += random.skewed(0, 15);
    const std::string id = random.id("req_", 24);
    const std::string user = random.id("user-", 8);
    const std::string_view team = random.pick(kTeams);
    const bool stream = random.one_in(2);
    const unsigned status = random.pick(kStatus);
    const std::uint64_t latency = random.skewed(7, 15);
    const std::string_view spelling = random.one_in(2) ? kSpaced : kDense;
    line.clear();
    fmt::format_to(std::back_inserter(line), fmt::runtime(spelling), timestamp(time), id,
                   model.provider, model.name, user, team, stream, status, latency, call.input,
                   call.output, call.total, call.cache_read, call.reasoning);
    file.write(line);
    truth.add(model.name, call);
  }
  file.close();
  truth.add_file(file);
  return truth;
}

}  // namespace usagectl
