#include "cli/output/spool.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

std::string line(std::size_t number) {
  return std::to_string(number) + std::string(1000, 'x') + "\n";
}

/// How many lines came back as they were added, in their order.
std::size_t played(std::size_t added) {
  Spool spool;
  for (std::size_t i = 0; i < added; ++i) spool.append(line(i));
  std::size_t number = 0;
  spool.play([&](std::string_view played) {
    if (std::string(played) + "\n" != line(number)) return false;
    ++number;
    return true;
  });
  return number;
}

}  // namespace

TEST_CASE("a spool plays its lines in their order") { CHECK(played(3) == 3); }

TEST_CASE("a spool plays lines that outgrow the memory") { CHECK(played(40'000) == 40'000); }

TEST_CASE("a spool stops when nobody takes more") {
  Spool spool;
  for (std::size_t i = 0; i < 3; ++i) spool.append(line(i));
  int taken = 0;
  spool.play([&](std::string_view) { return ++taken < 2; });
  CHECK(taken == 2);
}
