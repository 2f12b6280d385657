#include <doctest/doctest.h>
#include <fmt/format.h>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using Files = std::map<std::string, std::string>;

TEST_CASE("totals so far in a long log count by their growth, on every line") {
  for (const int lines : {900, 3000, 12000}) {
    CAPTURE(lines);
    std::string log;
    Count input = 0;
    Count output = 0;
    for (int i = 0; i < lines; ++i) {
      input += 300 + 7 * i % 1009;
      output += 20 + 11 * i % 97;
      log +=
          fmt::format(R"({{"step":{},"cumulative_input_tokens":{},"cumulative_output_tokens":{}}})"
                      "\n",
                      i, input, output);
    }
    CHECK(MadeCapture(Files{{"steps.jsonl", log}}).sum() == input + output);
  }
}

TEST_CASE("a total of each of many names is no usage of its own") {
  for (const int names : {200, 1200}) {
    CAPTURE(names);
    std::string table = "user,input_tokens,output_tokens\n";
    std::string totals;
    Count sum = 0;
    for (int i = 0; i < names; ++i) {
      const Count input = 300 + 7 * i % 1009;
      table += fmt::format("user{},{},{}\nuser{},{},{}\n", i, input, 50, i, input + 1, 60);
      totals += fmt::format("user{} total,{},{}\n", i, 2 * input + 1, 110);
      sum += 2 * input + 1 + 110;
    }
    CHECK(MadeCapture(Files{{"users.csv", table + totals}}).sum() == sum);
  }
}

}  // namespace
}  // namespace usagectl
