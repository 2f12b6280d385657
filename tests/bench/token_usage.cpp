#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <string_view>

#include "data_sets.hpp"
#include "output_file.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 5> kModels = {"gemini-2.5-flash", "gpt-4.1-2025-04-14",
                                                     "gpt-5-2025-08-07", "grok-4-0709",
                                                     "o4-mini-2025-04-16"};
// One detail, indented, takes as many bytes on average.
constexpr std::uint64_t kBytesPerDetail = 217;

TrueCounts invented_call(Random& random) {
  TrueCounts call;
  call.requests = 1;
  call.input = random.skewed(8, 15);
  call.output = random.skewed(7, 14);
  if (random.one_in(2)) call.reasoning = random.between(0, call.output / 64) * 64;
  call.total = call.input + call.output;
  return call;
}

void write_details(OutputFile& file, std::string_view model, std::uint64_t details, Random random,
                   Truth& truth) {
  // The sums stand before the details: they are made once to be added up, then again to be written.
  Random ahead = random;
  TrueCounts sum;
  for (std::uint64_t i = 0; i < details; ++i) {
    const TrueCounts call = invented_call(ahead);
    sum.input += call.input;
    sum.output += call.output;
    sum.reasoning += call.reasoning;
    truth.add(model, call);
  }
  file.write(fmt::format(R"(
    "{}": {{
      "input_tokens": {},
      "output_tokens": {},
      "reasoning_tokens": {},
      "requests": {},
      "completions": {},
      "per_request_details": [)",
                         model, sum.input, sum.output, sum.reasoning, details, details));
  std::string detail;
  for (std::uint64_t i = 1; i <= details; ++i) {
    const TrueCounts call = invented_call(random);
    detail.clear();
    fmt::format_to(std::back_inserter(detail), R"({}
        {{
          "request_num": {},
          "input_tokens": {},
          "output_tokens": {},
          "reasoning_tokens": {},
          "total_tokens": {},
          "num_completions": 1
        }})",
                   i > 1 ? "," : "", i, call.input, call.output, call.reasoning, call.total);
    file.write(detail);
  }
  file.write("\n      ]\n    }");
}

}  // namespace

Truth write_token_usage(const DataSetPlan& plan) {
  Truth truth({.cache_read = true, .cache_write = true});
  OutputFile file(plan.folder / "token_usage.json");
  const std::uint64_t details = plan.bytes / kBytesPerDetail / kModels.size();
  file.write("{\n  \"before\": {},\n  \"after\": {");
  for (std::size_t i = 0; i < kModels.size(); ++i) {
    if (i > 0) file.write(",");
    write_details(file, kModels[i], details, plan.random.fork(i), truth);
  }
  file.write("\n  }\n}");
  file.close();
  truth.add_file(file);
  return truth;
}

}  // namespace usagectl
