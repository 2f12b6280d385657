#include <fmt/format.h>

#include <iterator>
#include <string>

#include "data_sets.hpp"
#include "output_file.hpp"

namespace usagectl {

Truth write_usage_map(const DataSetPlan& plan) {
  Truth truth({.cache_read = true, .cache_write = true, .reasoning = true});
  Random random = plan.random;
  OutputFile file(plan.folder / "usage_map.json");
  std::string entry;
  for (std::uint64_t number = 1; file.bytes() < plan.bytes; ++number) {
    TrueCounts call;
    call.requests = 1;
    call.input = random.skewed(7, 14);
    call.output = random.skewed(4, 11);
    call.total = call.input + call.output;
    entry.clear();
    fmt::format_to(
        std::back_inserter(entry),
        R"({}"task-{}": {{"prompt_tokens": {}, "completion_tokens": {}, "total_tokens": {}}})",
        number == 1 ? "{" : ",\n ", number, call.input, call.output, call.total);
    file.write(entry);
    truth.add("", call);
  }
  file.write("}\n");
  file.close();
  truth.add_file(file);
  return truth;
}

}  // namespace usagectl
