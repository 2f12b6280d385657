#include "render/parts/intake_text.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

Intake some_files() {
  Intake intake;
  intake.files = 1;
  intake.bytes = 3832;
  return intake;
}

}  // namespace

TEST_CASE("the account of a run adds up and leaves out empty buckets") {
  Intake intake = some_files();
  intake.counted = 30;
  CHECK(accounting_text(intake) == "1 file, 3,832 bytes: 30 objects = 30 counted");
  intake.ignored["aggregate beside its details"] = 1;
  CHECK(accounting_text(intake) ==
        "1 file, 3,832 bytes: 31 objects = 30 counted + 1 ignored (aggregate beside its details)");
  intake.ignored["not a known format"] = 1200;
  intake.ignored["never seen"] = 0;
  intake.duplicate = 2;
  intake.rejected = 3;
  intake.lines = 1236;
  intake.problems.resize(3);
  CHECK(
      accounting_text(intake) ==
      "1 file, 3,832 bytes, 1,236 lines: 1,236 objects = 30 counted + 2 duplicate + 1,201 ignored "
      "(1 aggregate beside its details, 1,200 not a known format) + 3 rejected; 3 problems");
}

TEST_CASE("a run that found nothing says so") {
  CHECK(accounting_text(some_files()) == "1 file, 3,832 bytes: no usage found");
  CHECK(nothing_counted_text(Intake()) == "no usage records: 0 files, 0 bytes, no usage found");
  Intake intake = some_files();
  intake.ignored["every call failed"] = 1;
  CHECK(nothing_counted_text(intake) ==
        "no usage records: 1 file, 3,832 bytes, 1 object = 1 ignored (every call failed)");
}
