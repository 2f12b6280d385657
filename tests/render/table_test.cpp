#include "render/text/table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "render/text/text_width.hpp"

using namespace usagectl;

namespace {

Sheet models() {
  Sheet sheet;
  sheet.columns = {{"model", "model"},
                   {"input", "input", Content::number, Weight::main},
                   {"cache_read", "cache read", Content::number, Weight::detail},
                   {"total", "total", Content::number, Weight::needed}};
  sheet.rows = {{Cell("o4-mini-2025-04-16"), Cell(Count{12345}), Cell(), Cell(Count{7})},
                {Cell("通义"), Cell(), Cell(Count{0}), Cell(Count{1000000})}};
  return sheet;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    widest = std::max(widest, text_width(text.substr(at, end - at)));
    at = end + 1;
  }
  return widest;
}

}  // namespace

TEST_CASE("names stand left, numbers right, and what is not known is a dash") {
  CHECK(text_table(models(), {}) ==
        "model                input  cache read      total\n"
        "──────────────────  ──────  ──────────  ─────────\n"
        "o4-mini-2025-04-16  12,345           -          7\n"
        "通义                     -           0  1,000,000\n");
}

TEST_CASE("a total stands below a rule") {
  Sheet sheet = models();
  sheet.columns.resize(2);
  sheet.total = Row{Cell("total"), Cell(Count{12345})};
  for (Row& row : sheet.rows) row.resize(2);
  CHECK(text_table(sheet, {}) ==
        "model                input\n"
        "──────────────────  ──────\n"
        "o4-mini-2025-04-16  12,345\n"
        "通义                     -\n"
        "──────────────────  ──────\n"
        "total               12,345\n");
}

TEST_CASE("columns in which nothing is known are left out, columns for machines too") {
  Sheet sheet = models();
  sheet.rows.pop_back();
  sheet.columns[3].for_machines = true;
  CHECK(text_table(sheet, {}) ==
        "model                input\n"
        "──────────────────  ──────\n"
        "o4-mini-2025-04-16  12,345\n");
}

TEST_CASE("names are shortened before a column is left out") {
  CHECK(text_table(models(), {false, 48}) ==
        "model               input  cache read      total\n"
        "─────────────────  ──────  ──────────  ─────────\n"
        "o4-mini-…25-04-16  12,345           -          7\n"
        "通义                    -           0  1,000,000\n");
}

TEST_CASE("the least important column is left out first, and said so") {
  CHECK(text_table(models(), {false, 38}) ==
        "model                input      total\n"
        "──────────────────  ──────  ─────────\n"
        "o4-mini-2025-04-16  12,345          7\n"
        "通义                     -  1,000,000\n"
        "left out for width: cache read\n");
}

TEST_CASE("what is left out of a narrow table may leave room for something smaller") {
  Sheet sheet = models();
  sheet.rows[0][1] = Cell(kLargestCount);
  const std::string table = text_table(sheet, {false, 45});
  CHECK(table.find("cache read      total") != std::string::npos);
  CHECK(table.find("left out for width: input") != std::string::npos);
}

TEST_CASE("a number is never cut, however narrow the terminal") {
  Sheet sheet = models();
  sheet.rows[0][3] = Cell(kLargestCount);
  for (int width = 1; width < 80; ++width) {
    CAPTURE(width);
    const std::string table = text_table(sheet, {false, width});
    CHECK(table.find("9,223,372,036,854,775,807") != std::string::npos);
    CHECK(table.find("1,000,000") != std::string::npos);
    if (width >= 32) CHECK(widest_line(table) <= static_cast<std::size_t>(width));
  }
}

TEST_CASE("a sum that does not fit is said to be large, not unknown") {
  Sheet sheet = models();
  sheet.rows[0][3] = Cell::too_large();
  CHECK(text_table(sheet, {}).find("≥2^63") != std::string::npos);
}

TEST_CASE("a name cannot act on the terminal or break the table") {
  Sheet sheet = models();
  sheet.rows[0][0] = Cell("a\x1b[31m\nb");
  const std::string table = text_table(sheet, {});
  CHECK(table.find('\x1b') == std::string::npos);
  CHECK(table.find("a\\x1b[31m\\nb") != std::string::npos);
  CHECK(std::count(table.begin(), table.end(), '\n') == 4);
}

TEST_CASE("colors change nothing but the color") {
  std::string colored = text_table(models(), {true, 40});
  CHECK(colored.find("\x1b[1mmodel\x1b[0m") != std::string::npos);
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  CHECK(colored == text_table(models(), {false, 40}));
}

TEST_CASE("a sentence is continued below") {
  Sheet sheet;
  sheet.columns = {{"rule", "rule"}, {"meaning", "meaning", Content::sentence}};
  sheet.rows = {{Cell("part"), Cell("a part does not exceed its whole")},
                {Cell("layout"), Cell("a file is what it says")}};
  CHECK(text_table(sheet, {false, 30}) ==
        "rule    meaning\n"
        "──────  ──────────────────────\n"
        "part    a part does not exceed\n"
        "        its whole\n"
        "layout  a file is what it says\n");
}

TEST_CASE("a table without columns is nothing") { CHECK(text_table(Sheet(), {false, 80}).empty()); }

TEST_CASE("the last step of a pointer is never cut where the width is short") {
  Sheet sheet;
  sheet.columns = {{"number", "number", Content::pointer, Weight::main},
                   {"total", "total", Content::number, Weight::needed},
                   {"remark", "remark", Content::sentence, Weight::useful}};
  const std::string remark(60, 'x');
  sheet.rows = {{Cell("o4-mini-2025-04-16/input_tokens"), Cell(Count{1}), Cell(remark)},
                {Cell("o4-mini-2025-04-16/output_tokens"), Cell(Count{2}), Cell(remark)}};
  Style style;
  style.width = 60;
  const std::string table = text_table(sheet, style);
  CHECK(table.find("/input_tokens ") != std::string::npos);
  CHECK(table.find("/output_tokens ") != std::string::npos);
}
