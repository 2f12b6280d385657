#include "cli/output/progress_line.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

TEST_CASE("progress tells bytes, rate and the time that is left") {
  CHECK(progress_text(512'000'000, 1'024'000'000, 2) ==
        "Read 512 MB of 1.0 GB, 256 MB/s, 2 s left");
  CHECK(progress_text(1'500, 90'000'000'000, 1) ==
        "Read 1.5 kB of 90 GB, 1.5 kB/s, 1000000 min left");
}

TEST_CASE("progress without a size to expect promises no end") {
  CHECK(progress_text(2'000'000, 0, 2) == "Read 2.0 MB, 1.0 MB/s");
}

TEST_CASE("a short run says nothing") {
  std::string said;
  World world;
  world.err = [&](std::string_view bytes) {
    said += bytes;
    return true;
  };
  {
    ProgressLine line(world);
    line.show(1, 2);
  }
  CHECK(said.empty());
}
