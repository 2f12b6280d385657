#include "input/containers/python_value.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

std::string json_of(std::string_view text) {
  std::string json;
  const auto size = append_python_value(text, json);
  if (!size) return json.empty() ? "none" : "left " + json;
  return json + (*size < text.size() ? " | " + std::string(text.substr(*size)) : "");
}

}  // namespace

TEST_CASE("dictionaries, lists and tuples become JSON") {
  CHECK(json_of("{'a': 1, 'b': [True, None], \"c\": (2, 3.5)}") ==
        R"({"a":1,"b":[true,null],"c":[2,3.5]})");
  CHECK(json_of("{'a': 1,} and more") == R"({"a":1} |  and more)");
  CHECK(json_of("{}") == "{}");
}

TEST_CASE("a brace that closes what is inside does not close what is around it") {
  for (const char* text :
       {"{'a': {}", "{'a': {'b': 1}", "{\"a\": {\"b\": {}}", "[[1]", "((1)", "[{'a': [1]}, [2]"})
    CHECK_MESSAGE(json_of(text) == "none", text);
  CHECK(json_of("{'a': {'b': 1,},}") == R"({"a":{"b":1}})");
  CHECK(json_of("[[1,],]") == "[[1]]");
}

TEST_CASE("objects that show how they were made become objects") {
  CHECK(json_of("Usage(input_tokens=12, details=Details(cached_tokens=0), tier=None)") ==
        R"({"input_tokens":12,"details":{"cached_tokens":0},"tier":null})");
  CHECK(json_of("{'at': datetime.datetime(2026, 1, 2)}") == R"({"at":[2026,1,2]})");
}

TEST_CASE("quotes and backslashes in strings stay what they are") {
  CHECK(json_of(R"({'a': 'it\'s "x"\n'})") == R"({"a":"it's \"x\"\n"})");
}

TEST_CASE("what is no Python value gives nothing") {
  for (const char* text : {"", "{a: 1}", "{'a': 1", "{'a' 1}", "<object at 0x7f>", "Usage(1", "01"})
    CHECK_MESSAGE(json_of(text) == "none", text);
}

TEST_CASE("a value nested too deep is refused") {
  CHECK(json_of(std::string(1000, '[') + std::string(1000, ']')) == "none");
}
