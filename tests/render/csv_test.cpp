#include "render/text/csv.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("CSV has the ids of all columns and exact numbers") {
  Sheet sheet;
  sheet.columns = {{"model", "model"},
                   {"cache_read", "cache read", Content::number, Weight::detail},
                   {"known_cache_read", "known", Content::number, Weight::detail, true}};
  sheet.rows = {{Cell("o4-mini"), Cell(kLargestCount), Cell(Count{3})},
                {Cell(), Cell(), Cell(Count{0})},
                {Cell("x"), Cell::too_large(), Cell::difference(-5)}};
  sheet.total = Row{Cell("total"), Cell(Count{1}), Cell()};
  CHECK(csv(sheet) ==
        "model,cache_read,known_cache_read\n"
        "o4-mini,9223372036854775807,3\n"
        ",,0\n"
        "x,,-5\n");
}

TEST_CASE("commas, quotes and outer spaces are quoted") {
  std::string row;
  const Row cells = {Cell("a,b"), Cell("say \"hi\""), Cell(" x"), Cell("plain text")};
  append_csv_row(cells, row);
  CHECK(row == "\"a,b\",\"say \"\"hi\"\"\",\" x\",plain text\n");
}

TEST_CASE("a row is one line that does nothing to a terminal") {
  std::string row;
  const Row cells = {Cell("a\nb\x1b"), Cell("\xff")};
  append_csv_row(cells, row);
  CHECK(row == "a\\nb\\x1b,\\xff\n");
}

TEST_CASE("a text that a spreadsheet would run becomes a text for it") {
  Sheet sheet;
  sheet.columns = {Column{"a", "a", Content::text, Weight::needed, false}};
  for (const char* text : {"=1+x", "+cmd|x", "-y()", "@SUM(a)", "-5", "a=b", "-"})
    sheet.rows.push_back({Cell(std::string_view(text))});
  CHECK(csv(sheet) == "a\n'=1+x\n'+cmd|x\n'-y()\n'@SUM(a)\n-5\na=b\n-\n");
  CHECK(csv(sheet, Formulas::kept) == "a\n=1+x\n+cmd|x\n-y()\n@SUM(a)\n-5\na=b\n-\n");
}

TEST_CASE("a calculation and a wide equals sign are formulas too, a number with a sign is none") {
  Sheet sheet;
  sheet.columns = {Column{"a", "a", Content::text, Weight::needed, false}};
  for (const char* text : {"-1-2", "=1",
                           "\xEF\xBC\x9D"
                           "1+1",
                           "+1.5", "-7"})
    sheet.rows.push_back({Cell(std::string_view(text))});
  CHECK(csv(sheet) ==
        "a\n'-1-2\n'=1\n'\xEF\xBC\x9D"
        "1+1\n+1.5\n-7\n");
}
