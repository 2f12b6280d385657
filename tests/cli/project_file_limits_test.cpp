#include "cli/options/project_file_limits.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("a project file of the user or of root is trusted, of anybody else not") {
  constexpr uid_t kUser = 1000;
  CHECK(is_trusted_owner(kUser, kUser));
  CHECK(is_trusted_owner(0, kUser));
  CHECK_FALSE(is_trusted_owner(1001, kUser));
  CHECK_FALSE(is_trusted_owner(1001, 0));
}
