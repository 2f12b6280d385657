#include "render/summary_html.hpp"

#include <doctest/doctest.h>

#include "render/summary_chart.hpp"
#include "reports.hpp"

using namespace usagectl;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Tally total_of(Count total) { return tally_of_equals(1, counts_of({{Counter::total, total}})); }

SummaryReport by_day_and_model() {
  SummaryReport report;
  report.main.by = {"day", "model"};
  add_group(report, {"2026-01-01", "small"}, total_of(10));
  add_group(report, {"2026-01-03", "small"}, total_of(20));
  add_group(report, {"2026-01-03", "large"}, total_of(900));
  report.zone = "UTC";
  return report;
}

}  // namespace

TEST_CASE("a page of a summary has the numbers of the table") {
  const std::string page = summary_html(two_models());
  CHECK(holds(page, "<h1>23,328 tokens</h1>"));
  CHECK(holds(page, "<dt>reasoning</dt><dd>13,200</dd><dd>known for 12 of 30 records</dd>"));
  CHECK(holds(page, "<h2>By model</h2>"));
  for (const char* const number : {"4,944", "17,844", "22,788", "18,204"})
    CHECK(holds(page, std::string("<td class=\"n\">") + number + "</td>"));
  CHECK(holds(page, "reasoning is known for 12 of 30 records"));
  CHECK(holds(page, "30 counted + 1 ignored"));
}

TEST_CASE("a total that some records lack is no headline") {
  SummaryReport report = two_models();
  report.total.add(counts_of({{Counter::input, 5}}));
  CHECK(holds(summary_html(report), "<h1>Token usage</h1>"));
}

TEST_CASE("an empty summary is a page with one sentence") {
  SummaryReport report;
  report.intake.files = 1;
  CHECK(holds(summary_html(report), "<p class=\"lead\">no usage records: 1 file"));
}

TEST_CASE("a page says what was not read and what is doubtful") {
  SummaryReport report = two_models();
  Problem problem;
  problem.file = "<bad>.json";
  problem.problem = "not JSON";
  report.intake.problems.push_back(problem);
  report.intake.warnings.emplace_back("a total is wrong");
  const std::string page = summary_html(report);
  CHECK(holds(page, "<h2>Not read</h2><ul><li>&lt;bad&gt;.json: not JSON</li>"));
  CHECK(holds(page, "<h2>Warnings</h2><ul><li>a total is wrong</li>"));
}

TEST_CASE("a chart by day is stacked by model, the largest first, with the days between") {
  const TimeChart chart = chart_of(by_day_and_model().main);
  CHECK(chart.title == "total by day, stacked by model");
  CHECK(chart.moments == std::vector<std::string>{"2026-01-01", "2026-01-02", "2026-01-03"});
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[0].name == "large");
  CHECK(chart.series[0].sums[2].count() == 900);
  CHECK(chart.series[1].sums[0].count() == 10);
  CHECK(chart.series[1].sums[1].count() == 0);
}

TEST_CASE("one day is no chart, and neither is a summary without a time") {
  SummaryReport report;
  report.main.by = {"day"};
  add_group(report, {"2026-01-01"}, total_of(10));
  CHECK(chart_of(report.main).moments.empty());
  CHECK(chart_of(two_models().main).moments.empty());
}

TEST_CASE("groups that a chart cannot show are counted below it") {
  SummaryReport report = by_day_and_model();
  add_group(report, {std::nullopt, "small"}, total_of(5));
  add_group(report, {"2026-01-02", "none"},
            tally_of_equals(1, counts_of({{Counter::requests, 1}})));
  CHECK(holds(summary_html(report),
              "Not in the picture: 1 group without a day, 1 group without a known total"));
}

TEST_CASE("chains are drawn beside their number") {
  SummaryReport report;
  report.main.by = {"entity"};
  add_group(report, {"ada"}, tally_of_equals(1, counts_of({{Counter::chain_length, 3}})));
  CHECK(holds(summary_html(report), "<h2>Chains</h2>"));
}

TEST_CASE("ten thousand groups are a page below 1 MB") {
  SummaryReport report;
  report.main.by = {"session"};
  for (int i = 0; i < 10'000; ++i)
    add_group(report, {"session-" + std::to_string(i)},
              tally_of_equals(1, counts_of({{Counter::requests, 1},
                                            {Counter::input, 1000 + i},
                                            {Counter::cache_read, 500},
                                            {Counter::output, 100},
                                            {Counter::reasoning, 10},
                                            {Counter::total, 1100 + i}})));
  const std::string page = summary_html(report);
  CHECK(page.size() < 1'000'000);
  CHECK(holds(page, "more rows are left out here"));
}
