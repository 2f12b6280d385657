#include <doctest/doctest.h>

#include "formats/counted_of.hpp"
#include "harness/made_capture.hpp"

using namespace usagectl;

namespace {

Count total_of(const std::string& text) {
  return sum(read_as_file(text, "results.json"), Counter::total);
}

}  // namespace

TEST_CASE("a total that is less than a part of it is the number of something else") {
  for (const std::string names :
       {R"("input":3506,"output":356)", R"("tokens_in":3506,"tokens_out":356)",
        R"("total_input_tokens":3506,"total_output_tokens":356)",
        R"("prompt_tokens_total":3506,"completion_tokens_total":356)"}) {
    CAPTURE(names);
    CHECK(total_of(R"({"total":40,)" + names + "}") == 3862);
    CHECK(total_of(R"({"total":40,"correct":31,)" + names + "}") == 3862);
    CHECK(MadeCapture({{"a.json", R"({"total":40,)" + names + "}"}}).errors() == 0);
  }
}

TEST_CASE("a bare total beside one of tokens counts nothing") {
  CHECK(total_of(R"({"total":4000,"total_prompt_tokens":3506,"total_completion_tokens":356,)"
                 R"("total_tokens":3862})") == 3862);
}

TEST_CASE("a bare total that can hold its parts is held against them") {
  CHECK(MadeCapture({{"a.json", R"({"total":3862,"tokens_in":3506,"tokens_out":356})"}}).errors() ==
        0);
  CHECK(total_of(R"({"total":3863,"tokens_in":3506,"tokens_out":356})") == 3863);
}

TEST_CASE("a number of calls so far is that of a total so far, or of a document alone") {
  const auto calls = [](const std::string& text) {
    return sum(read_as_file(text, "summary.json"), Counter::requests);
  };
  CHECK(calls(R"({"prompt_tokens_so_far":700,"completion_tokens_so_far":50,)"
              R"("total_requests_so_far":5})") == 5);
  CHECK(calls(R"({"run":"r","cumulative_llm_calls":37,"prompt_tokens":501,)"
              R"("completion_tokens":62})") == 37);
  CHECK(calls(R"([{"prompt_tokens":10,"completion_tokens":2,"cumulative_calls":1},)"
              R"({"prompt_tokens":12,"completion_tokens":3,"cumulative_calls":2}])") <= 2);
}

TEST_CASE("the number of a row is no number of rows, whatever stands around them") {
  const MadeCapture turns(
      {{"a.json", R"([{"type":"turn","turn":0,"tokens":{"prompt":100,"completion":10}},)"
                  R"({"type":"turn","turn":1,"tokens":{"prompt":207,"completion":23}},)"
                  R"({"type":"turn","turn":2,"tokens":{"prompt":311,"completion":31}},)"
                  R"({"type":"session_end","turns":3,)"
                  R"("tokens":{"prompt":618,"completion":64}}])"}});
  CHECK(turns.sum(Counter::input) == 618);
  CHECK(turns.errors() == 0);
}
