// Lines that hold the list of the line before, and are more than can be held.
#include "ledger/calls/growing_lines.hpp"

#include <doctest/doctest.h>

#include <string>

namespace usagectl {
namespace {

TEST_CASE("of more lists that grow than can be held it is said that they may count twice") {
  GrowingLines growing;
  for (const std::uint64_t lines : {100U, 370U}) {
    CAPTURE(lines);
    for (std::uint64_t line = 1; line <= lines; ++line) {
      for (std::uint64_t call = 0; call < line; ++call) {
        UsageRecord record;
        record.role = Role::request;
        record.place.line = line;
        record.place.pointer = "/history/" + std::to_string(call) + "/usage";
        record.counts.set(Counter::input, static_cast<Count>(100 + call));
        record.counts.set(Counter::output, static_cast<Count>(10 + call));
        growing.take(record);
        growing.release();
      }
    }
    const bool are_held = lines < 370;
    CHECK(growing.finish().doubtful.has_value() != are_held);
    growing = {};
  }
}

}  // namespace
}  // namespace usagectl
