#include "render/text/markdown.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

TEST_CASE("a sheet is a GitHub table with a bold total") {
  Sheet sheet;
  sheet.columns = {{"model", "model"}, {"total", "total", Content::number, Weight::needed}};
  sheet.rows = {{Cell("o4-mini"), Cell(Count{1234})}, {Cell(), Cell()}};
  sheet.total = Row{Cell("total"), Cell(Count{1234})};
  CHECK(markdown_table(sheet) ==
        "| model | total |\n"
        "| --- | ---: |\n"
        "| o4-mini | 1,234 |\n"
        "| - | - |\n"
        "| **total** | **1,234** |\n");
}

TEST_CASE("text is shown as it stands") {
  CHECK(markdown_text("a|b") == "a\\|b");
  CHECK(markdown_text("C:\\x") == "C:\\\\x");
  CHECK(markdown_text("<script>&amp;") == "&lt;script&gt;&amp;amp;");
  CHECK(markdown_text("*b* `c` [d](e) ~f~") == "\\*b\\* \\`c\\` \\[d\\](e) \\~f\\~");
  CHECK(markdown_text("two\nlines") == "two\\\\nlines");
}

TEST_CASE("underscores are escaped only where they could be markup") {
  CHECK(markdown_text("per_request_details") == "per_request_details");
  CHECK(markdown_text("/_openai/__x__") == "/\\_openai/\\_\\_x\\_\\_");
}

TEST_CASE("a table that would become too large is cut between rows, and says so") {
  Sheet sheet;
  sheet.columns = {{"model", "model"}};
  for (int i = 0; i < 5000; ++i) sheet.rows.push_back({Cell(std::string(1000, 'x'))});
  const std::string table = markdown_table(sheet);
  CHECK(table.size() <= kLargestMarkdown);
  CHECK(table.find("more rows are left out here") != std::string::npos);
  sheet.rows.resize(1);
  CHECK(markdown_table(sheet).find("left out") == std::string::npos);
  CHECK(markdown_table(sheet, 300).find("1 more row is left out") != std::string::npos);
}
