#include "render/summary_sheet.hpp"

#include <doctest/doctest.h>

#include "reports.hpp"

using namespace usagectl;

TEST_CASE("a counter that some records lack is named below the table") {
  const auto report = two_models();
  CHECK(footnotes(report.total) ==
        std::vector<std::string>{"reasoning is known for 12 of 30 records"});
}

TEST_CASE("counters that the same number of records lack share a footnote") {
  Tally tally = tally_of_equals(1, counts_of({{Counter::reasoning, 1},
                                              {Counter::cache_read, 1},
                                              {Counter::requests, 1},
                                              {Counter::chain_length, 3}}));
  tally.add(counts_of({{Counter::requests, 1}}));
  tally.add(counts_of({{Counter::total, 1}}));
  CHECK(footnotes(tally) ==
        std::vector<std::string>{"requests are known for 2 of 3 records",
                                 "cache read, reasoning and total are known for 1 of 3 records"});
}

TEST_CASE("a sum that does not fit is named, and its cell is not empty") {
  const Tally tally = tally_of_equals(2, counts_of({{Counter::output, kLargestCount}}));
  CHECK(footnotes(tally) == std::vector<std::string>{"the sum of output does not fit in 64 bits"});
  const Breakdown breakdown{{"model"}, {{{"m"}, tally}}};
  const MadeSheet sheet = summary_sheet(breakdown, tally);
  bool found = false;
  for (const Cell& cell : sheet.row(0)) found = found || cell.kind == Cell::Kind::too_large;
  CHECK(found);
}

TEST_CASE("only more than one group has a total") {
  auto report = two_models();
  CHECK(summary_sheet(report.main, report.total).total);
  report.main.groups.keep_first(1);
  CHECK_FALSE(summary_sheet(report.main, report.total).total);
}

TEST_CASE("the sum over all groups is the sum of their tallies") {
  const auto report = two_models();
  CHECK(tally_of(report.main).sum_of(Counter::total) == report.total.sum_of(Counter::total));
  CHECK(tally_of(report.main).records == 30);
}
