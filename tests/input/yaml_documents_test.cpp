#include "input/containers/yaml_documents.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

/// The documents, each with its line, and the fault.
std::string documents_of(std::string_view text) {
  std::string all;
  const auto fault = each_yaml_document(text, [&](std::string_view json, std::uint64_t line) {
    if (!all.empty()) all += " ";
    all += std::string(json) + "@" + std::to_string(line);
  });
  if (fault)
    all +=
        " " + std::to_string(fault->line) + ":" + std::to_string(fault->column) + " " + fault->what;
  return all;
}

/// The JSON of one value.
std::string value_of(const std::string& yaml) {
  const std::string all = documents_of("v: " + yaml + "\n");
  CHECK(all.starts_with("{\"v\":"));
  CHECK(all.ends_with("}@1"));
  return all.size() < 9 ? all : all.substr(5, all.size() - 8);
}

}  // namespace

TEST_CASE("mappings, lists and scalars become JSON") {
  CHECK(
      documents_of("usage:\n  input_tokens: 12\n  list: [1, two, {a: b}]\nempty: {}\nnone: []\n") ==
      R"({"usage":{"input_tokens":12,"list":[1,"two",{"a":"b"}]},"empty":{},"none":[]}@1)");
}

TEST_CASE("plain scalars follow the core schema of YAML 1.2") {
  CHECK(value_of("") == "null");
  CHECK(value_of("~") == "null");
  CHECK(value_of("Null") == "null");
  CHECK(value_of("TRUE") == "true");
  CHECK(value_of("false") == "false");
  CHECK(value_of("no") == "\"no\"");
  CHECK(value_of("-12") == "-12");
  CHECK(value_of("+12") == "12");
  CHECK(value_of("9007199254740993") == "9007199254740993");
  CHECK(value_of("92233720368547758079") == "92233720368547758079");
  CHECK(value_of("0x1F") == "31");
  CHECK(value_of("0o17") == "15");
  CHECK(value_of("0x") == "\"0x\"");
  CHECK(value_of("1.50") == "1.50");
  CHECK(value_of(".5") == "0.5");
  CHECK(value_of("-.5e3") == "-0.5e3");
  CHECK(value_of("5.") == "5.0");
  CHECK(value_of(".") == "\".\"");
  CHECK(value_of("1e3") == "1e3");
  CHECK(value_of("2025-11-19") == "\"2025-11-19\"");
  CHECK(value_of("1:30") == "\"1:30\"");
}

TEST_CASE("what versions of YAML read differently stays a string") {
  CHECK(value_of("007") == "\"007\"");
  CHECK(value_of("1_000") == "\"1_000\"");
  CHECK(value_of(".inf") == "\".inf\"");
  CHECK(value_of(".NaN") == "\".NaN\"");
}

TEST_CASE("quotes and blocks make strings") {
  CHECK(value_of("\"12\"") == "\"12\"");
  CHECK(value_of("'null'") == "\"null\"");
  CHECK(value_of("|\n  {\"a\":\n  1}") == R"("{\"a\":\n1}\n")");
  CHECK(value_of(">-\n  a\n  b") == "\"a b\"");
  CHECK(value_of("\"a\\tb\\u00e9\"") == "\"a\\tb\xC3\xA9\"");
}

TEST_CASE("tags of the core schema are obeyed, others are passed over") {
  CHECK(value_of("!!str 12") == "\"12\"");
  CHECK(value_of("!!int \"12\"") == "12");
  CHECK(value_of("!!python/unicode '12'") == "\"12\"");
  CHECK(value_of("!ruby/object:Thing {a: 1}") == "{\"a\":1}");
}

TEST_CASE("binary text is decoded where it is text, and stays base64 elsewhere") {
  CHECK(value_of("!!binary |\n  eyJhIjog\n  MX0=") == "\"{\\\"a\\\": 1}\"");
  CHECK(value_of("!binary |-\n  H4sIAAAA\n  AAAA/w==") == "\"H4sIAAAAAAAA/w==\"");
}

TEST_CASE("several documents come one by one, each with its line") {
  CHECK(documents_of("# first\n--- {a: 1}\n---\nb: 2\n...\n--- three\n") ==
        "{\"a\":1}@2 {\"b\":2}@3 \"three\"@6");
  CHECK(documents_of("") == "");
  CHECK(documents_of({}) == "");
  CHECK(documents_of("# nothing\n") == "");
}

TEST_CASE("an alias repeats what it stands for") {
  CHECK(documents_of("a: &x {n: 1}\nb: *x\nc: &y text\n*y : 2\n") ==
        R"({"a":{"n":1},"b":{"n":1},"c":"text","text":2}@1)");
  CHECK(documents_of("a: &x 1\nb: &x 2\nc: *x\n") == R"({"a":1,"b":2,"c":2}@1)");
  CHECK(documents_of("- *x\n") == " 1:3 nothing is anchored as x");
  CHECK(documents_of("a: &x [1, *x]\n") == " 1:11 x stands for something that it is part of");
  CHECK(documents_of("--- &x {a: 1}\n--- *x\n") == "{\"a\":1}@1 2:5 nothing is anchored as x");
}

TEST_CASE("aliases of aliases are bounded") {
  std::string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k) text += (k > 0 ? ", " : "") + before;
    text += "]\n";
  }
  CHECK(documents_of(text).find("its aliases stand for more than") != std::string::npos);
}

TEST_CASE("a text that is not YAML is a fault with its place") {
  CHECK(documents_of("a: 1\nb: [1, 2\nc: 3\n").starts_with(" 3:"));
  CHECK(documents_of("a: \"never closed\n").find("while scanning a quoted scalar") !=
        std::string::npos);
  CHECK(documents_of("? [a, b]\n: 1\n") ==
        " 1:3 a key is a list or mapping, which JSON has no place for");
  CHECK(documents_of("{{ .Values.name }}: 1\n") != "");
  CHECK(documents_of(std::string(5000, '[')).find("nested deeper than 256 levels") !=
        std::string::npos);
}

TEST_CASE("a file is taken for YAML by its name or its first line") {
  CHECK(looks_like_yaml("a: 1\n", "usage.yaml"));
  CHECK(looks_like_yaml("a: 1\n", "tape.yml"));
  CHECK(looks_like_yaml("---\na: 1\n", "tape"));
  CHECK_FALSE(looks_like_yaml("a: 1\n", "notes.txt"));
}
