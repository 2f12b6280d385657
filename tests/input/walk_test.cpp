#include "input/walk.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("a pattern without a slash is compared with names") {
  CHECK(is_excluded("logs/node_modules", {"node_modules"}));
  CHECK(is_excluded("a/b/old.bak", {"*.bak"}));
  CHECK_FALSE(is_excluded("a/b/old.json", {"*.bak"}));
  CHECK_FALSE(is_excluded("my_node_modules", {"node_modules"}));
}

TEST_CASE("a pattern with a slash is compared with the path below the named folder") {
  CHECK(is_excluded("logs/2025/a.json", {"logs/*.json"}));
  CHECK_FALSE(is_excluded("other/logs/a.json", {"logs/*.json"}));
  CHECK(is_excluded("other/logs/a.json", {"*/logs/*"}));
}

TEST_CASE("a slash at the end of a pattern names a folder") {
  CHECK(is_excluded("a/logs", {"logs/"}));
}
