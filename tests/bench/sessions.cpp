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

constexpr std::array<std::string_view, 3> kModels = {"gpt-4.1-2025-04-14", "gpt-5-2025-08-07",
                                                     "o4-mini-2025-04-16"};
/// Sessions that go on at the same time.
constexpr std::size_t kOpenSessions = 512;

}  // namespace

Truth write_sessions(const DataSetPlan& plan) {
  Truth truth({.cache_read = true, .cache_write = true, .reasoning = true});
  Random random = plan.random;
  OutputFile file(plan.folder / "sessions.jsonl");
  std::uint64_t time = 1767225600000;  // 2026 begins
  std::array<std::string, kOpenSessions> open;
  std::string line;
  while (file.bytes() < plan.bytes) {
    const std::string_view model = random.pick(kModels);
    time += random.skewed(0, 12);
    TrueCounts call;
    call.requests = 1;
    call.input = random.skewed(7, 14);
    call.output = random.skewed(4, 11);
    call.total = call.input + call.output;
    // A session has two calls, with those of others between them.
    std::string& session = open[random.below(kOpenSessions)];
    const bool is_last = !session.empty();
    if (!is_last) session = random.uuid();
    const std::string id = random.id("msg_", 24);
    line.clear();
    fmt::format_to(
        std::back_inserter(line),
        R"({{"id":"{}","session_id":"{}","model":"{}","created_at":"{}","usage":{{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{}}}}})"
        "\n",
        id, session, model, timestamp(time), call.input, call.output, call.total);
    if (is_last) session.clear();
    file.write(line);
    truth.add(model, call);
  }
  file.close();
  truth.add_file(file);
  return truth;
}

}  // namespace usagectl
