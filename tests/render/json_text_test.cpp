#include "render/text/json_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/utf8.hpp"

using namespace usagectl;

namespace {

std::string json_form_of(std::string_view text) {
  std::string out;
  append_json_string(text, out);
  return out;
}

}  // namespace

TEST_CASE("text of any alphabet stays readable") {
  CHECK(json_form_of("") == "\"\"");
  CHECK(json_form_of("модель 通义 🚀") == "\"модель 通义 🚀\"");
}

TEST_CASE("quotes, backslashes and controls are escaped") {
  CHECK(json_form_of("a\"b\\c\n\r\t") == R"("a\"b\\c\n\r\t")");
  CHECK(json_form_of("\x1b\x7f\u0085\u2028\u202e") == R"("\u001b\u007f\u0085\u2028\u202e")");
}

TEST_CASE("JSON that was written elsewhere keeps its shape and loses what acts on a terminal") {
  CHECK(harmless_json("{\"a\u202e\": [\n \"##[error]\"]}\n") ==
        "{\"a\\u202e\": [\n \"\\u0023#[error]\"]}\n");
}

TEST_CASE("invalid bytes become the replacement character") {
  CHECK(json_form_of("a\xff\xc0z") == "\"a\uFFFD\uFFFDz\"");
}

TEST_CASE("every two bytes make a string that parses to what they mean") {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const auto parsed = nlohmann::json::parse(json_form_of(text));
      REQUIRE(parsed.get<std::string>() == with_invalid_utf8_replaced(text));
    }
  }
}

TEST_CASE("a document is as safe as a single string") {
  const nlohmann::ordered_json document = {{"z\x7f", json_string("\xff\u009b\u202e")}, {"a", 1}};
  CHECK(json_text(document) == "{\n  \"z\\u007f\": \"\uFFFD\\u009b\\u202e\",\n  \"a\": 1\n}\n");
}

TEST_CASE("JSON holds nothing that a runner of a CI would obey, and the same text") {
  const std::string text = json_text({{"##[error]", "##vso[x]"}});
  CHECK(text.find("##") == std::string::npos);
  CHECK(nlohmann::json::parse(text) == nlohmann::json({{"##[error]", "##vso[x]"}}));
  std::string line;
  append_json_string("a ##[b]", line);
  CHECK(line == "\"a \\u0023#[b]\"");
}
