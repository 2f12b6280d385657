#include "formats/layouts/text/text_label.hpp"

#include <doctest/doctest.h>

#include <string>

namespace usagectl {
namespace {

TEST_CASE("the words right before counts call them a total") {
  for (const std::string before :
       {"2026-03-01T10:00:09Z INFO TOTAL ", "session total: ", "[10:00] Total usage = ",
        "Grand total tokens: ", "total for this run: ", "INFO [TOTAL] ", "usage (total): "}) {
    CAPTURE(before);
    CHECK(label_before(before) == TextLabel::total);
  }
}

TEST_CASE("totals so far are called so") {
  for (const std::string before : {"INFO usage so far ", "cumulative: ", "Running total ",
                                   "accumulated usage=", "total so far: "}) {
    CAPTURE(before);
    CHECK(label_before(before) == TextLabel::so_far);
  }
}

TEST_CASE("estimates, limits and averages are called so") {
  for (const std::string before :
       {"estimated ", "DEBUG Token budget = ", "average usage: ", "limit: ", "remaining "}) {
    CAPTURE(before);
    CHECK(label_before(before) == TextLabel::no_call);
  }
}

TEST_CASE("the end of a run is called so, and the end of a call is none") {
  CHECK(label_before("Done. ") == TextLabel::end);
  CHECK(label_before("run 3 finished: ") == TextLabel::end);
  CHECK(label_before("llm call done ") == TextLabel::none);
  CHECK(label_before("request finished: ") == TextLabel::none);
}

TEST_CASE("a summary may be a task") {
  CHECK(label_before("INFO Summary: ") == TextLabel::may_be_sum);
}

TEST_CASE("other words call counts nothing") {
  for (const std::string before :
       {"", "INFO usage ", "model=max usage ", "qwen-max usage: ", "running ", "kind=total usage ",
        "rate limit exceeded, retrying; usage ", "subtotals of app.total.x ", "step 3: usage="}) {
    CAPTURE(before);
    CHECK(label_before(before) == TextLabel::none);
  }
}

TEST_CASE("few words behind counts call them a total") {
  CHECK(label_behind(" in total") == TextLabel::total);
  CHECK(label_behind(" so far") == TextLabel::so_far);
  CHECK(label_behind(", total 15") == TextLabel::none);
  CHECK(label_behind(" total: 15") == TextLabel::none);
  CHECK(label_behind(" in 3 s") == TextLabel::none);
}

TEST_CASE("writers are told apart by words without numbers") {
  CHECK(writer_before("2026-03-01T10:00:00Z client: ") == "client: ");
  CHECK(writer_before("12:00 req-17 gateway ") == "gateway ");
}

}  // namespace
}  // namespace usagectl
