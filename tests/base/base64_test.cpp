#include "base/base64.hpp"

#include <doctest/doctest.h>

using usagectl::base64_decoded;

TEST_CASE("base64 is read with and without padding, over several lines and in both alphabets") {
  CHECK(base64_decoded("") == "");
  CHECK(base64_decoded("Zg==") == "f");
  CHECK(base64_decoded("Zm8=") == "fo");
  CHECK(base64_decoded("Zm9v") == "foo");
  CHECK(base64_decoded("Zm9vYmE") == "fooba");
  CHECK(base64_decoded("Zm9v\r\nYmFy") == "foobar");
  CHECK(base64_decoded("-_8=") == base64_decoded("+/8="));
}

TEST_CASE("what is no base64 is not decoded") {
  CHECK_FALSE(base64_decoded("{\"a\":1}").has_value());
  CHECK_FALSE(base64_decoded("Zg==Zg==").has_value());
  CHECK_FALSE(base64_decoded("Z").has_value());
}
