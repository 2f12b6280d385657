#include "input/json/long_list.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "base/large_pages.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

constexpr std::size_t kItems = 60000;

/// Items of a list of more than kLargeBytes; `last` may be anything.
std::string items(const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i + 1 < kItems; ++i) {
    text += fmt::format(
        "{{\"number\": {}, \"text\": \"brackets ]}} and \\\" quotes {{[ {}\", \"inner\": [{{}}, "
        "2]}}, ",
        i, std::string(100, 'x'));
  }
  return text + last;
}

std::string document(const std::string& last) {
  return fmt::format(
      "{{\"before\": [{{}}], \"list\": [ {} ], \"behind\": {{\"number\": 18446744073709551616}}}}",
      items(last));
}

std::string last_item() { return fmt::format("{{\"number\": {}}}", kItems - 1); }

ParsedJson parse(std::string& text, JsonParser& parser) {
  REQUIRE(text.size() > kLargeBytes);
  text.reserve(text.size() + JsonParser::kPadding);
  return parser.parse(text);
}

}  // namespace

TEST_CASE("the items of a long list are visited in order, as if there were a tree") {
  std::string text = document(last_item());
  JsonParser parser;
  const ParsedJson parsed = parse(text, parser);
  REQUIRE_FALSE(parsed.fault);
  const Json list = parsed.root["list"];
  CHECK(list.is_array());
  CHECK_FALSE(list.is_text());
  CHECK(list.described() == "a list");
  CHECK(list.size() == kItems);
  std::size_t expected = 0;
  list.each_item([&](std::size_t index, const Json& item) {
    CHECK(index == expected);
    CHECK(read_count(item["number"]).count == Count(expected));
    ++expected;
  });
  CHECK(expected == kItems);
  CHECK(parsed.root["before"].size() == 1);
  CHECK(read_count(parsed.root["behind"]["number"]).fault ==
        "is above 2^63-1 (18446744073709551616)");
}

TEST_CASE("an item of a long list is found by its index") {
  std::string text = document(last_item());
  JsonParser parser;
  const Json list = parse(text, parser).root["list"];
  for (const std::size_t index : {std::size_t{0}, kItems - 1, std::size_t{777}, kItems / 2}) {
    CHECK(read_count(list.item(index)["number"]).count == Count(index));
  }
  CHECK_FALSE(list.item(kItems).present());
}

TEST_CASE("a long list may be the whole document") {
  std::string text = "[" + items(last_item()) + "]";
  JsonParser parser;
  const ParsedJson parsed = parse(text, parser);
  REQUIRE_FALSE(parsed.fault);
  CHECK(parsed.root.size() == kItems);
}

TEST_CASE("what is wrong in a long list is wrong with the document, at its place") {
  for (const std::string last : {"{\"number\": }", "", "1 2", "{\"a\":1}]"}) {
    std::string text = document(last);
    JsonParser parser;
    const ParsedJson parsed = parse(text, parser);
    REQUIRE(parsed.fault);
    CHECK(parsed.fault->offset > text.size() - 200);
  }
}

TEST_CASE("a text that looks like the mark of a long list stands for nothing") {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy("{\"list\": \"\\u0001list:7f0000000000\"}");
  CHECK(parsed.root["list"].is_text());
  CHECK_FALSE(parsed.root["list"].is_array());
  CHECK(parsed.root["list"].size() == 0);
}

namespace {

/// An open file that is gone with its owner.
struct OpenFile {
  explicit OpenFile(const std::string& text) {
    file = std::tmpfile();
    REQUIRE(file != nullptr);
    REQUIRE(std::fwrite(text.data(), 1, text.size(), file) == text.size());
    std::fflush(file);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { std::fclose(file); }

  int descriptor() const { return fileno(file); }
  std::FILE* file = nullptr;
};

std::string plain_document() {
  return fmt::format("\xEF\xBB\xBF{{\"number\": 7,\n \"list\": [\n{}]}}\n", items(last_item()));
}

}  // namespace

TEST_CASE("the items of a long list are read from their file when they are visited") {
  const std::string text = plain_document();
  const OpenFile file(text);
  JsonParser parser;
  const auto document = parser.parse_file(file.descriptor(), text.size());
  REQUIRE(document);
  CHECK(document->lines == 3);
  CHECK(read_count(document->root["number"]).count == Count(7));
  CHECK(document->root["list"].size() == kItems);
  Count sum = 0;
  document->root["list"].each_item(
      [&](std::size_t, const Json& item) { sum += *read_count(item["number"]).count; });
  CHECK(sum == Count(kItems) * Count(kItems - 1) / 2);
  CHECK(read_count(document->root["list"].item(kItems - 1)["number"]).count == Count(kItems - 1));
}

TEST_CASE("several threads read a long list as one does, and stop when its visitor does") {
  const std::string text = plain_document();
  const OpenFile file(text);
  JsonParser parser(3);
  const auto document = parser.parse_file(file.descriptor(), text.size());
  REQUIRE(document);
  std::size_t expected = 0;
  document->root["list"].each_item([&](std::size_t index, const Json& item) {
    CHECK(index == expected);
    CHECK(read_count(item["number"]).count == Count(expected));
    ++expected;
  });
  CHECK(expected == kItems);
  struct Enough {};
  std::size_t visited = 0;
  const auto stop_early = [&] {
    document->root["list"].each_item([&](std::size_t, const Json&) {
      if (++visited == 1000) throw Enough();
    });
  };
  CHECK_THROWS_AS(stop_early(), Enough);
  CHECK(visited == 1000);
}

TEST_CASE("a document in a file that is not sound is left to who reads all of it") {
  for (const std::string& text :
       {fmt::format("{{\"list\": [{}, {{\"number\": ]}}", items(last_item())),
        fmt::format("{{\"list\": [{}]", items(last_item())), std::string("{\"list\": []}")}) {
    const OpenFile file(text);
    for (const std::size_t threads : {std::size_t{1}, std::size_t{3}}) {
      JsonParser parser(threads);
      CHECK_FALSE(parser.parse_file(file.descriptor(), text.size()));
    }
  }
}

TEST_CASE("a file that is cut while its lists are visited is said to have changed") {
  const std::string text = plain_document();
  for (const std::size_t threads : {std::size_t{1}, std::size_t{3}}) {
    const OpenFile file(text);
    JsonParser parser(threads);
    const auto document = parser.parse_file(file.descriptor(), text.size());
    REQUIRE(document);
    REQUIRE(ftruncate(file.descriptor(), static_cast<off_t>(text.size() / 2)) == 0);
    CHECK_THROWS_AS(document->root["list"].each_item([](std::size_t, const Json&) {}),
                    ChangedWhileRead);
  }
}
