#include "capture/headless_table.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

/// The names of the columns, and whether there is a warning.
std::string names_in(std::string_view text, std::string_view path) {
  auto table = delimited_table(text, "rows.csv", true);
  REQUIRE(table);
  name_columns(*table, text, path);
  std::string names;
  for (const DelimitedColumn& column : table->columns) names += column.name + "|";
  return names + (table->warning.empty() ? "" : " warned");
}

}  // namespace

TEST_CASE("a sum in each row shows which columns without names count tokens") {
  CHECK(names_in("a,100,20,120\nb,200,30,230\na,300,40,340\n", "token_usage.csv") ==
        "column 1|prompt_tokens|completion_tokens|total_tokens| warned");
  CHECK(names_in("2026-03-01,120,100,20,gpt-4o\n2026-03-02,230,200,30,o3\n"
                 "2026-03-03,340,300,40,gpt-4o\n",
                 "rows.csv") ==
        "timestamp|total_tokens|prompt_tokens|completion_tokens|model| warned");
}

TEST_CASE("columns without names are left alone where nothing is proved, with a warning") {
  CHECK(names_in("gpt-4o,100,20\ngpt-4o,200,30\ngpt-4o,300,40\n", "rows.csv") == "||| warned");
  CHECK(names_in("a,null,gpt-4o,452\nb,null,gpt-4o,454\n", "rows.csv") == "|||| warned");
  // Two rows prove no sum, nor do rows that are all the same or hold zeros.
  CHECK(names_in("o3,100,20,120\no3,200,30,230\n", "rows.csv") == "|||| warned");
  CHECK(names_in("o3,1,2,3\no3,1,2,3\no3,1,2,3\n", "rows.csv") == "|||| warned");
  CHECK(names_in("o3,0,2,2\no3,0,5,5\no3,0,7,7\n", "rows.csv") == "|||| warned");
  // Two sums.
  CHECK(names_in("o3,1,2,3,3\no3,4,5,9,9\no3,6,8,14,14\n", "rows.csv") == "||||| warned");
}

TEST_CASE("columns without names that nothing relates to tokens are not looked at") {
  CHECK(names_in("a,1,2,3\nb,4,5,9\nc,7,1,8\n", "scores.csv") == "||||");
}
