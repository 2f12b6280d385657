#include "input/containers/embedded_value.hpp"

#include <doctest/doctest.h>

#include <string>

#include "input/containers/rounded_number.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

std::string embedded(std::string_view text) {
  JsonParser parser;
  std::string json;
  return append_embedded_value(text, parser, json) ? json : "none";
}

}  // namespace

TEST_CASE("a cell holds an object in JSON or as Python prints it") {
  CHECK(embedded("{\"prompt_tokens\": 12}") == "{\"prompt_tokens\": 12}");
  CHECK(embedded("{'prompt_tokens': 12, 'cached': None}") ==
        "{\"prompt_tokens\":12,\"cached\":null}");
  CHECK(embedded("CompletionUsage(prompt_tokens=12)") == "{\"prompt_tokens\":12}");
  CHECK(embedded("defaultdict(<class 'int'>, {'prompt_tokens': 12})") == "{\"prompt_tokens\":12}");
}

TEST_CASE("prose that ends in a bracket is no object") {
  CHECK(embedded("ask the model (with few tokens)") == "none");
  CHECK(embedded("print('hello')") == "none");
  CHECK(embedded("{'prompt_tokens': 12, 'comp...") == "none");
  CHECK(embedded("Usage(prompt_tokens=12") == "none");
}

TEST_CASE("a rounded number says how far it may be off") {
  CHECK(rounded_number("1.2k")->count == 1200);
  CHECK(rounded_number("1.2k")->off_by == 50);
  CHECK(rounded_number("3M")->off_by == 500'000);
  for (const std::string_view text : {"", "k", "1.2", "12kB", "1..2k", "-1k", "1.k"}) {
    CAPTURE(text);
    CHECK_FALSE(rounded_number(text));
  }
}
