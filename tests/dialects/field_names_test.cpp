#include "dialects/field_names.hpp"

#include <doctest/doctest.h>

#include "dialects/usage_words.hpp"

namespace usagectl {

TEST_CASE("a name of a line is known as it is spelled") {
  CHECK(line_field("modelVersion") == LineField::model);
  CHECK(line_field("modelversion") == LineField::none);
  CHECK(line_field("@timestamp") == LineField::time);
  CHECK(line_field("engine") == LineField::none);
}

TEST_CASE("a key of any log is known in whatever case and with whatever joins its words") {
  for (const char* name : {"request_id", "requestId", "Request-ID", "requestid"})
    CHECK(field_named(name) == "id");
  CHECK(field_named("engine") == "model");
  CHECK(field_named("id").empty());
  CHECK(field_named("@timestamp").empty());
}

}  // namespace usagectl
