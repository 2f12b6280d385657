#include <doctest/doctest.h>

#include "cli/options/project_file_reader.hpp"

using namespace usagectl;

namespace {

std::string fault_of(const std::string& text) {
  try {
    read_project_settings(text, "project/.usagectl.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("paths are taken from the folder of the file, names of contracts are not") {
  const auto settings = read_project_settings(
      R"({"paths": ["logs", "/tmp/x", "-", "../y"], "contract": "provider-raw", "baseline": "known.json"})",
      "project/.usagectl.json");
  REQUIRE(settings.size() == 3);
  CHECK(settings[0].values == std::vector<std::string>{"project/logs", "/tmp/x", "-", "y"});
  CHECK(settings[1].values == std::vector<std::string>{"provider-raw"});
  CHECK(settings[2].values == std::vector<std::string>{"project/known.json"});
}

TEST_CASE("every setting remembers its line") {
  const auto settings =
      read_project_settings("{\n  \"strict\": true,\n\n  \"rules\": {\"sum\": \"off\"}\n}\n", "x");
  REQUIRE(settings.size() == 2);
  CHECK(settings[0].line == 2);
  CHECK(settings[1].line == 4);
  CHECK(settings[1].values == std::vector<std::string>{"sum=off"});
}

TEST_CASE("a fault is reported with its place and the word that was probably meant") {
  CHECK(fault_of("{\n  \"treads\": 4}") ==
        "project/.usagectl.json:2:3: invalid setting \"treads\"; did you mean threads?");
  CHECK(fault_of("{\"threads\": 4,\n \"threads\": 5}") ==
        "project/.usagectl.json:2:2: threads is given twice");
  CHECK(fault_of("{\"threads\": \"4\"}") ==
        "project/.usagectl.json:1:2: threads: expected a whole number");
  CHECK(fault_of("{\"rules\": {\n\"sums\": \"off\"}}") ==
        "project/.usagectl.json:2:1: rules: invalid rule \"sums\"; did you mean sum?");
  CHECK(fault_of("{\"rules\": {\"sum\": \"of\"}}") ==
        "project/.usagectl.json:1:12: rules: invalid level \"of\"; did you mean off?");
  CHECK(fault_of("{\"fail_on\": \"never\"}") ==
        "project/.usagectl.json:1:2: invalid level; use error, warning, note or unprovable");
  CHECK(fault_of("[]") == "project/.usagectl.json:1:1: invalid project file: expected an object");
  CHECK(fault_of("") == "project/.usagectl.json:1:1: invalid JSON");
  CHECK(fault_of("{\"strict\": true") != "");
  CHECK(fault_of("{\"paths\": [[]]}") != "");
  CHECK(fault_of("{\"paths\": {\"a\": {}}}") != "");
}

TEST_CASE("a fault of what is no project file quotes nothing of it") {
  for (const std::string text :
       {R"({"whispered": 1})", R"({"rules": {"whispered": "off"}})",
        R"({"rules": {"sum": "whispered"}})", R"({"reports": ["whispered=a"]})",
        R"({"reports": ["whispered"]})", R"({"format": "whispered"})", R"({"per": "whispered"})",
        R"({"fail_on": "whispered"})", R"({"max": {"whispered": 5}})",
        R"({"max": {"whispered": "a"}})", R"({"max": {"cost": "whispered"}})",
        R"({"max": {"cost": "a \"whispered\" b"}})", R"({"whispered"; did you mean?": 1})"}) {
    CAPTURE(text);
    CHECK_FALSE(fault_of(text).empty());
    CHECK(fault_of(text).find("whispered") == std::string::npos);
  }
}
