#include "render/text/json_writer.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "render/text/json_text.hpp"

using namespace usagectl;

namespace {

std::string written(const std::function<void(JsonWriter&)>& write) {
  return collected([&](const TextSink& out) {
    JsonWriter json(out);
    write(json);
    json.finish();
  });
}

}  // namespace

TEST_CASE("what is written piece by piece has the bytes of the whole document") {
  const nlohmann::ordered_json part = {{"a", {1, 2}}, {"b", nlohmann::ordered_json::object()}};
  const nlohmann::ordered_json whole = {
      {"empty", nlohmann::ordered_json::array()},
      {"none", nullptr},
      {"list", {nlohmann::ordered_json{{"part", part}}, "text", std::int64_t{-3}}},
      {"large", UINT64_MAX}};
  CHECK(written([&](JsonWriter& json) {
          json.begin_object();
          json.key("empty");
          json.begin_array();
          json.end();
          json.key("none");
          json.number_or_null(std::nullopt);
          json.key("list");
          json.begin_array();
          json.begin_object();
          json.key("part");
          json.value(part);
          json.end();
          json.text("text");
          json.number(std::int64_t{-3});
          json.end();
          json.key("large");
          json.number(std::uint64_t{UINT64_MAX});
          json.end();
        }) == json_text(whole));
}

TEST_CASE("a text has the same bytes alone and in a document") {
  for (const std::string_view text :
       {"plain", "", "say \"hi\" \\ \n\t\b\f\r", "\x1b[31m \x7f", "\xff\xfe", "\xE2\x80\xAE",
        "##[error]x", "::error::y", "naïve"}) {
    CHECK(written([&](JsonWriter& json) { json.text(text); }) == json_text(json_string(text)));
  }
}
