#include "input/containers/text_documents.hpp"

#include <doctest/doctest.h>

#include <string>

#include "input/containers/markdown_documents.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

std::string with_counts(const std::string& json_lines, const TextDocuments& found) {
  return json_lines + std::to_string(found.lines) + " lines, " + std::to_string(found.documents) +
         " documents, " + std::to_string(found.without_json) + " others";
}

std::string documents_of(std::string_view text) {
  std::string json_lines;
  const TextDocuments found = documents_as_json_lines(text, json_lines);
  return with_counts(json_lines, found);
}

std::string logged_in(std::string_view text) {
  JsonParser parser;
  std::string json_lines;
  const TextDocuments found = logged_json_as_json_lines(text, parser, json_lines);
  return with_counts(json_lines, found);
}

std::string markdown_of(std::string_view text) {
  JsonParser parser;
  std::string json_lines;
  const TextDocuments found = markdown_as_json_lines(text, parser, json_lines);
  return with_counts(json_lines, found);
}

}  // namespace

TEST_CASE("documents over several lines stand on the line on which they begin") {
  CHECK(documents_of("{\n \"a\": 1\n}\n\n{\n \"b\": \"}\"\n}\n[\n2]\n") ==
        "{  \"a\": 1 }\n\n\n\n{  \"b\": \"}\" }\n\n\n[ 2]\n\n9 lines, 3 documents, 0 others");
}

TEST_CASE("a record separator may stand before a document, and one may be cut") {
  CHECK(documents_of("\x1E{\"a\":1}\n\x1E{\"b\":2}\n") ==
        "{\"a\":1}\n{\"b\":2}\n2 lines, 2 documents, 0 others");
  CHECK(documents_of("{\n\"a\":1}\n{\n\"b\":") ==
        "{ \"a\":1}\n\n{ \"b\":\n3 lines, 1 documents, 0 others");
}

TEST_CASE("two documents on one line are told apart, and later lines keep their numbers") {
  CHECK(documents_of("{}{\"a\":1}\n\n{\"b\":2}\n") ==
        "{}\n{\"a\":1}\n{\"b\":2}\n3 lines, 3 documents, 0 others");
}

TEST_CASE("a list that lost its brackets is read as what it holds") {
  CHECK(documents_of("{\n\"a\":1\n},\n{\"b\":2}\n") ==
        "{ \"a\":1 }\n\n\n{\"b\":2}\n4 lines, 2 documents, 0 others");
}

TEST_CASE("documents that follow each other on one line are known by their beginning") {
  CHECK(holds_documents_in_sequence("{\"a\":1}{\"b\":2}"));
  CHECK(holds_documents_in_sequence("{\"a\":1} {\"b\":2}\n"));
}

TEST_CASE("an object behind the first of a line is taken where it speaks of tokens") {
  CHECK(logged_in("10:00 {\"a\":1} {\"tokens\":2} {\"b\":3}\nend\n") ==
        "{\"a\":1}\n{\"tokens\":2}\n2 lines, 2 documents, 1 others");
}

TEST_CASE("several documents over lines are known by their beginning") {
  CHECK(holds_documents_in_sequence("{\n\"a\":1\n}\n{\n\"b\":2"));
  CHECK_FALSE(holds_documents_in_sequence("{\"a\":1}\n{\"b\":2}\n"));
  CHECK_FALSE(holds_documents_in_sequence("{\n\"a\":1\n}\n"));
  CHECK_FALSE(holds_documents_in_sequence("{\n\"a\":1\n} and more"));
  CHECK_FALSE(holds_documents_in_sequence("Hello {\n}\n{}"));
}

TEST_CASE("JSON behind a prefix of a log line stands alone on its line") {
  CHECK(
      logged_in("start\n2025-11-19 INFO {\"a\":1}\n\n[x] {thread-1} got {\"b\":2} in 3 ms\nend") ==
      "\n{\"a\":1}\n\n{\"b\":2}\n\n5 lines, 2 documents, 2 others");
}

TEST_CASE("JSON behind a prefix may go on over the next lines") {
  CHECK(logged_in("INFO {\n \"a\": 1\n}\nnext {\"b\":2}\n") ==
        "{  \"a\": 1 }\n\n\n{\"b\":2}\n4 lines, 2 documents, 0 others");
  CHECK(logged_in("void f() {\nint a;\nlog {\"b\":2}\n") ==
        "\n\n{\"b\":2}\n3 lines, 1 documents, 2 others");
}

TEST_CASE("a log with many open braces is read in linear time") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "f {\n";
  CHECK(logged_in(text).ends_with("200000 lines, 0 documents, 200000 others"));
}

TEST_CASE("a log of JSON behind prefixes is known by its first lines") {
  JsonParser parser;
  CHECK(holds_logged_json("start\n2025-11-19 INFO {\"a\":1}\n", parser));
  CHECK_FALSE(holds_logged_json("{\"a\":1}\n{\"b\":1}\n", parser));
  CHECK(holds_logged_json("usage: {'a': 1}\n", parser));
  CHECK_FALSE(holds_logged_json("usage: {a: 1}\n", parser));
  CHECK_FALSE(holds_logged_json("", parser));
}

TEST_CASE("a backslash and an n between documents are line breaks, inside strings they are not") {
  const std::string text = R"({"a":"x\n\"y"}\n{"b":2}\r\n)";
  CHECK(holds_escaped_lines(text));
  CHECK_FALSE(holds_escaped_lines("{\"a\":\"\\n\"}\n"));
  std::string json_lines;
  const TextDocuments found = escaped_lines_as_json_lines(text, json_lines);
  CHECK(with_counts(json_lines, found) ==
        "{\"a\":\"x\\n\\\"y\"}\n{\"b\":2}\n2 lines, 2 documents, 0 others");
}

TEST_CASE("fenced blocks of JSON in Markdown stand on their lines") {
  CHECK(
      markdown_of("# run\n\n```json\n{\n \"a\": 1\n}\n```\n```sh\n{}\n```\n~~~\n[2]\n~~~\nend\n") ==
      "\n\n\n{  \"a\": 1 }\n\n\n\n\n\n\n\n[2]\n\n\n14 lines, 2 documents, 3 others");
  CHECK(markdown_of("```json\n{\"a\":1}\n") == "\n{\"a\":1}\n2 lines, 1 documents, 0 others");
}

TEST_CASE("rows of Markdown tables are objects with the names of their header") {
  CHECK(markdown_of("Tokens:\n\n| Model | Input | Note |\n|---|--:|:-:|\n"
                    "| **m-1** | 1,234,567 | a\\|b |\n| `m-2` | 8,901 | \"c\" |\n\nend") ==
        "\n\n\n\n{\"Model\":\"m-1\",\"Input\":1234567,\"Note\":\"a|b\"}\n"
        "{\"Model\":\"m-2\",\"Input\":8901,\"Note\":\"\\\"c\\\"\"}\n\n\n"
        "8 lines, 2 documents, 2 others");
}

TEST_CASE("a table without bars at its ends is one, and a row of other length is left out") {
  CHECK(markdown_of("a | b\n--- | ---\n1 | 2\n3 |\n4 | 5 | 6\n") ==
        "\n\n{\"a\":1,\"b\":2}\n\n\n5 lines, 1 documents, 2 others");
}

TEST_CASE("Markdown is known by a fenced block of JSON or a table") {
  CHECK(holds_markdown_documents("text\n```json\n{}\n"));
  CHECK(holds_markdown_documents("| a | b |\n|---|---|\n"));
  CHECK_FALSE(holds_markdown_documents("a | b\n\n---\n"));
  CHECK_FALSE(holds_markdown_documents("```sh\nls | wc\n```\n"));
}
