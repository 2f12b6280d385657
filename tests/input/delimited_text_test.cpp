#include "input/containers/delimited_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "input/containers/delimited_row.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

/// The JSON lines of a whole CSV file.
std::string json_lines_of(std::string_view text, std::string_view path = "usage.csv") {
  const auto table = delimited_table(text, path, true);
  if (!table) return "no table";
  if (!table->problem.empty()) return table->problem;
  JsonParser parser;
  std::string json;
  const ConvertedRows rows =
      rows_as_json_lines(text.substr(table->header_bytes), *table, parser, json);
  for (const DelimitedProblem& problem : rows.problems)
    json += "line " + std::to_string(table->header_lines + problem.line) + ": " + problem.what;
  return json;
}

/// Rows in which only the values of one column count.
std::string column_of(const std::vector<std::string>& values, std::string_view separator = ",",
                      std::string_view cost = "0.5") {
  std::string text = "tokens" + std::string(separator) + "cost\n";
  for (const std::string& value : values)
    text += value + std::string(separator) + std::string(cost) + "\n";
  return json_lines_of(text);
}

}  // namespace

TEST_CASE("a row becomes an object with the names of the header") {
  CHECK(json_lines_of("model,input tokens,output tokens\nm-1,120,30\nm-2,7,0\n") ==
        R"({"model":"m-1","input tokens":120,"output tokens":30})"
        "\n"
        R"({"model":"m-2","input tokens":7,"output tokens":0})"
        "\n");
}

TEST_CASE("semicolons and tabs separate fields, and a byte order mark and CRLF are passed over") {
  CHECK(json_lines_of("\xEF\xBB\xBFmodel;tokens\r\nm,1;12\r\n") ==
        "{\"model\":\"m,1\",\"tokens\":12}\n");
  CHECK(json_lines_of("model\ttokens\nm;1\t12\n", "usage.tsv") ==
        "{\"model\":\"m;1\",\"tokens\":12}\n");
  CHECK(json_lines_of("sep=;\nmodel;tokens\nm;12\n") == "{\"model\":\"m\",\"tokens\":12}\n");
}

TEST_CASE("quotes keep separators, line breaks and quotes, and lines keep their numbers") {
  CHECK(json_lines_of("note,tokens\n\"a, \"\"b\"\"\nc\",12\nd,13") ==
        "{\"note\":\"a, \\\"b\\\"\\nc\",\"tokens\":12}\n\n{\"note\":\"d\",\"tokens\":13}\n");
}

TEST_CASE("an empty field is absent, and a word for unknown is null among numbers") {
  CHECK(json_lines_of("model,tokens,cached\nnull,12,\nm,None,3\nm,7,\n") ==
        "{\"model\":\"null\",\"tokens\":12}\n"
        "{\"model\":\"m\",\"tokens\":null,\"cached\":3}\n"
        "{\"model\":\"m\",\"tokens\":7}\n");
}

TEST_CASE("what is unavailable among numbers is null") {
  CHECK(json_lines_of("model,tokens\nm,12\nm,unavailable\nm,--\n") ==
        "{\"model\":\"m\",\"tokens\":12}\n{\"model\":\"m\",\"tokens\":null}\n"
        "{\"model\":\"m\",\"tokens\":null}\n");
}

TEST_CASE("ids and numbers with leading zeros stay strings") {
  CHECK(json_lines_of("task_id,code,traceId,paid\n12,007,5,1\n13,110,6,2\n") ==
        "{\"task_id\":\"12\",\"code\":\"007\",\"traceId\":\"5\",\"paid\":1}\n"
        "{\"task_id\":\"13\",\"code\":\"110\",\"traceId\":\"6\",\"paid\":2}\n");
}

TEST_CASE("a text among numbers stays a string, and a number among texts too") {
  CHECK(json_lines_of("prompt,tokens\n42,1\nwhy,2\nhow,error\nwhat,4\n") ==
        "{\"prompt\":\"42\",\"tokens\":1}\n{\"prompt\":\"why\",\"tokens\":2}\n"
        "{\"prompt\":\"how\",\"tokens\":\"error\"}\n{\"prompt\":\"what\",\"tokens\":4}\n");
}

TEST_CASE("truth values are JSON's where a column has no others") {
  CHECK(json_lines_of("ok,said,tokens\nTrue,true,1\nFalse,maybe,2\n") ==
        "{\"ok\":true,\"said\":\"true\",\"tokens\":1}\n"
        "{\"ok\":false,\"said\":\"maybe\",\"tokens\":2}\n");
}

TEST_CASE(
    "text that is JSON, or counts tokens in the notation of Python, becomes JSON on one line") {
  CHECK(json_lines_of("model,usage\nm,\"{\"\"input_tokens\"\":\n 5}\"\nm,{'input_tokens': 5}\n") ==
        "{\"model\":\"m\",\"usage\":{\"input_tokens\":  5}}\n\n"
        "{\"model\":\"m\",\"usage\":{\"input_tokens\":5}}\n");
}

TEST_CASE("JSON that is nested too deep for a row stays a text") {
  const std::string deep = std::string(256, '[') + std::string(256, ']');
  CHECK(json_lines_of("a,tokens\n" + deep + ",1\n") == "{\"a\":\"" + deep + "\",\"tokens\":1}\n");
}

TEST_CASE("thousands are grouped by commas where another number shows a decimal point") {
  CHECK(column_of({"\"1,234\"", "56"}) ==
        "{\"tokens\":1234,\"cost\":0.5}\n{\"tokens\":56,\"cost\":0.5}\n");
}

TEST_CASE("a number with two marks shows that they group thousands") {
  CHECK(column_of({"\"1,234,567\"", "\"9,876\""}, ",", "5") ==
        "{\"tokens\":1234567,\"cost\":5}\n{\"tokens\":9876,\"cost\":5}\n");
  CHECK(column_of({"1.234.567", "9.876"}, ";", "5") ==
        "{\"tokens\":1234567,\"cost\":5}\n{\"tokens\":9876,\"cost\":5}\n");
}

TEST_CASE("a grouped number alone may be a fraction, so it stays a string") {
  CHECK(json_lines_of("size,cost\n\"1,234\",5\n56,5\n") ==
        "{\"size\":\"1,234\",\"cost\":5}\n{\"size\":56,\"cost\":5}\n");
  CHECK(column_of({"1.000", "56"}, ";", "5") ==
        "{\"tokens\":\"1.000\",\"cost\":5}\n{\"tokens\":56,\"cost\":5}\n");
}

TEST_CASE("tokens come whole, and what another column proves of commas holds for all") {
  CHECK(column_of({"\"1,234\"", "56"}, ",", "5") ==
        "{\"tokens\":1234,\"cost\":5}\n{\"tokens\":56,\"cost\":5}\n");
  CHECK(json_lines_of("size,lines\n\"1,234\",\"1,234,567\"\n") ==
        "{\"size\":1234,\"lines\":1234567}\n");
}

TEST_CASE("a decimal comma elsewhere shows that points group thousands") {
  CHECK(column_of({"1.234", "56"}, ";", "0,05") ==
        "{\"tokens\":1234,\"cost\":0.05}\n{\"tokens\":56,\"cost\":0.05}\n");
}

TEST_CASE("many grouped numbers beside small ones, and none of another writing, are thousands") {
  std::vector<std::string> values = {"987"};
  for (int i = 0; i < 8; ++i) values.push_back("1.23" + std::to_string(i));
  CHECK(column_of(values, ";", "5").find("{\"tokens\":1237,\"cost\":5}") != std::string::npos);
  values.push_back("1.5");
  CHECK(column_of(values, ";", "5").find("\"tokens\":1.237") != std::string::npos);
}

TEST_CASE("a value that breaks the groups of its column stays a string") {
  std::string text = "tokens,cost\n";
  for (int i = 0; i < 1000; ++i) text += "\"1,234\",0.5\n";
  const std::string json = json_lines_of(text + "\"1,5\",0.5\n\"12,345,6\",0.5\n");
  CHECK(json.find(R"({"tokens":"1,5","cost":0.5})") != std::string::npos);
  CHECK(json.find(R"({"tokens":"12,345,6","cost":0.5})") != std::string::npos);
}

TEST_CASE("points are decimal where commas separate fields") {
  CHECK(column_of({"1.250", "2.500", "3.125"}, ",", "5").starts_with("{\"tokens\":1.250"));
}

TEST_CASE("a number of any length keeps its digits") {
  CHECK(json_lines_of("tokens\n92233720368547758079\n") == "{\"tokens\":92233720368547758079}\n");
}

TEST_CASE("a row with more or fewer fields than the header is a problem of its line") {
  CHECK(json_lines_of("a,b\n1,2\n1,2,3\n\n4\n5,6,,\n") ==
        "{\"a\":1,\"b\":2}\n\n\n\n{\"a\":5,\"b\":6}\n"
        "line 3: is a row of 3 fields where the header has 2"
        "line 5: is a row of 1 field where the header has 2");
}

TEST_CASE("a quote that is never closed, and text behind one, are problems") {
  CHECK(json_lines_of("a,b\n1,2\n\"3,4\n5,6\n")
            .ends_with("line 3: is a row that has a quote that is never closed"));
  CHECK(json_lines_of("a,b\n1,2\n\"3,4\n5,6\n") ==
        "{\"a\":1,\"b\":2}\n\n\nline 3: is a row that has a quote that is never closed");
  CHECK(json_lines_of("a,b\n1,2\n\"{\\\"x\\\":1}\",4\n5,6\n")
            .ends_with("line 3: is a row that has text behind a closing quote"));
}

TEST_CASE("without a header, rows are lists") {
  CHECK(json_lines_of("2023-11-13,null,m-1,452\n2023-11-14,,m-1,454\n") ==
        "[\"2023-11-13\",null,\"m-1\",452]\n[\"2023-11-14\",null,\"m-1\",454]\n");
}

TEST_CASE("a text that does not call itself a table must show a header and numbers") {
  CHECK(json_lines_of("model,tokens\nm,5\nn,6\n", "-") != "no table");
  CHECK(json_lines_of("Hello, world\nHow, then\n", "notes.txt") == "no table");
  CHECK(json_lines_of("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":3}\n", "-") == "no table");
  CHECK(json_lines_of("tokens\n5\n", "-") == "no table");
  CHECK(json_lines_of("model,tokens\nm,5\nn,6,7\n", "-") == "no table");
  CHECK(json_lines_of("", "usage.csv") == "no table");
}

TEST_CASE("more columns than are allowed are one problem") {
  std::string wide = "a";
  for (std::size_t i = 0; i < kMostColumns; ++i) wide += ",b";
  CHECK(json_lines_of(wide + "\n") == "has a first row that has more than 4096 fields");
  CHECK(json_lines_of("a,b\n1,2\n" + wide + "\n")
            .ends_with("line 3: is a row that has more than 4096 fields"));
  const auto cut = delimited_table(wide, "usage.csv", false);
  REQUIRE(cut);
  CHECK(cut->problem == "has a first row that has more than 4096 fields");
}

TEST_CASE("blocks of whole rows give the same lines as the text at once") {
  const std::string text = "note,tokens\n\"a\nb\",1\nc\"d,2\n\"e \"\"\n\"\"\",3\nf,4\n\n\"g\",5\n";
  const std::string whole = json_lines_of(text);
  const auto table = delimited_table(text, "usage.csv", true);
  REQUIRE(table);
  for (std::size_t size = 1; size < text.size(); ++size) {
    JsonParser parser;
    std::string json;
    std::string_view rest = std::string_view(text).substr(table->header_bytes);
    std::size_t seen = size;
    while (!rest.empty()) {
      const std::string_view block = rest.substr(0, seen);
      std::size_t bytes = whole_rows_bytes(block, table->separator);
      if (block.size() == rest.size()) bytes = rest.size();
      if (bytes == 0) {
        ++seen;
        continue;
      }
      CHECK(rows_as_json_lines(rest.substr(0, bytes), *table, parser, json).problems.empty());
      rest.remove_prefix(bytes);
      seen = size;
    }
    CHECK(json == whole);
  }
}
