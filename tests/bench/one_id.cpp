#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

#include "data_sets.hpp"
#include "output_file.hpp"
#include "timestamp.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kModel = "claude-sonnet-4-5-20250929";

}  // namespace

Truth write_one_id(const DataSetPlan& plan) {
  Truth truth({.reasoning = true});
  Random random = plan.random;
  OutputFile file(plan.folder / "one_id.jsonl");
  std::uint64_t time = 1767225600000;  // 2026 begins
  const std::string session = random.uuid();
  const std::string id = random.id("msg_", 24);
  std::string line;
  while (file.bytes() < plan.bytes) {
    TrueCounts call;
    call.requests = 1;
    const std::uint64_t fresh = random.skewed(3, 10);
    call.cache_write = random.skewed(5, 12);
    call.cache_read = random.skewed(10, 17);
    call.input = fresh + call.cache_write + call.cache_read;
    call.output = random.skewed(4, 11);
    call.total = call.input + call.output;
    const std::string request = random.id("req_", 24);
    // Some calls are written twice, as those with two content blocks are.
    for (std::uint64_t copies = random.one_in(10) ? 2 : 1; copies > 0; --copies) {
      time += random.skewed(3, 14);
      const std::string uuid = random.uuid();
      line.clear();
      fmt::format_to(
          std::back_inserter(line),
          R"({{"type":"assistant","sessionId":"{}","uuid":"{}","requestId":"{}","timestamp":"{}","message":{{"id":"{}","type":"message","role":"assistant","model":"{}","content":[],"usage":{{"input_tokens":{},"cache_creation_input_tokens":{},"cache_read_input_tokens":{},"output_tokens":{}}}}}}})"
          "\n",
          session, uuid, request, timestamp(time), id, kModel, fresh, call.cache_write,
          call.cache_read, call.output);
      file.write(line);
    }
    truth.add(kModel, call);
  }
  file.close();
  truth.add_file(file);
  return truth;
}

}  // namespace usagectl
