// The geometry of the pictures: bars are as long together as their sum, none is negative, and each
// has its label.
#include <doctest/doctest.h>

#include <charconv>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "render/html/chain_picture.hpp"
#include "render/html/legend.hpp"
#include "render/html/pair_bar.hpp"
#include "render/html/part_bar.hpp"
#include "render/html/scale.hpp"
#include "render/html/time_buckets.hpp"
#include "render/html/time_chart.hpp"
#include "render/html/token_parts.hpp"
#include "render/html/verdict_html.hpp"
#include "render/html/waterfall.hpp"
#include "reports.hpp"

using namespace usagectl;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The values of an attribute of every rectangle.
std::vector<double> numbers_of(const std::string& svg, const std::string& attribute) {
  std::vector<double> numbers;
  for (std::size_t at = svg.find("<rect"); at != std::string::npos;
       at = svg.find("<rect", at + 1)) {
    const std::string rect = svg.substr(at, svg.find('>', at) - at);
    const std::size_t begin = rect.find(" " + attribute + "=\"");
    if (begin == std::string::npos) continue;
    double number = -1;
    std::from_chars(rect.data() + begin + attribute.size() + 3, rect.data() + rect.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

Finding failing_sum(Count asserted, std::vector<SummedPart> parts) {
  Finding finding;
  finding.counter = "output";
  finding.asserted = asserted;
  Count sum = 0;
  for (const SummedPart& part : parts) sum += part.count;
  finding.calculated = sum;
  finding.parts = std::move(parts);
  return finding;
}

TimeSeries series(std::string name, const std::vector<Count>& sums) {
  TimeSeries one{std::move(name), {}};
  for (const Count sum : sums) one.sums.emplace_back(sum);
  return one;
}

}  // namespace

TEST_CASE("the parts of a total are disjoint and add up to it") {
  const Tally tally = tally_of_equals(2, counts_of({{Counter::input, 100},
                                                    {Counter::cache_read, 60},
                                                    {Counter::output, 50},
                                                    {Counter::reasoning, 20},
                                                    {Counter::total, 150}}));
  const auto parts = token_parts(tally);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].name == "cache read");
  CHECK(parts[0].count == 120);
  CHECK(parts[1].name == "other input");
  CHECK(parts[1].count == 80);
  CHECK(parts[2].name == "reasoning");
  CHECK(parts[2].count == 40);
  CHECK(parts[3].name == "other output");
  CHECK(parts[3].count == 60);
}

TEST_CASE("without a cache and reasoning, input and output are whole") {
  const auto parts = token_parts(tally_of_equals(
      1, counts_of({{Counter::input, 7}, {Counter::output, 3}, {Counter::total, 10}})));
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].name == "input");
  CHECK(parts[1].name == "output");
}

TEST_CASE("a total that its parts do not give has no parts") {
  CHECK(token_parts(
            tally_of_equals(
                1, counts_of({{Counter::input, 7}, {Counter::output, 3}, {Counter::total, 11}})))
            .empty());
}

TEST_CASE("parts that some records lack are no parts of the sum") {
  Tally tally = tally_of_equals(
      1, counts_of({{Counter::input, 7}, {Counter::output, 3}, {Counter::total, 10}}));
  tally.add(counts_of({{Counter::total, 5}}));
  CHECK(token_parts(tally).empty());
}

TEST_CASE("a cache that some records lack is not split off") {
  Tally tally = tally_of_equals(1, counts_of({{Counter::input, 7},
                                              {Counter::cache_read, 2},
                                              {Counter::output, 3},
                                              {Counter::total, 10}}));
  tally.add(counts_of({{Counter::input, 1}, {Counter::output, 1}, {Counter::total, 2}}));
  const auto parts = token_parts(tally);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].name == "input");
  CHECK(parts[0].count == 8);
}

TEST_CASE("a share never looks like nothing or all of what is neither") {
  CHECK(share_text(1, 8) == "12.5 %");
  CHECK(share_text(0, 8) == "0.0 %");
  CHECK(share_text(8, 8) == "100.0 %");
  CHECK(share_text(1, 100'000) == "below 0.1 %");
  CHECK(share_text(99'999, 100'000) == "above 99.9 %");
  CHECK(share_text(1, 0).empty());
}

TEST_CASE("stretches follow one another and are as long as the sum") {
  const auto drawn = stretches({1, 0, 3, 4}, 16);
  REQUIRE(drawn.size() == 4);
  double at = 0;
  for (const Stretch& stretch : drawn) {
    CHECK(stretch.from == doctest::Approx(at));
    CHECK(stretch.width >= 0);
    at += stretch.width;
  }
  CHECK(at == doctest::Approx(50));
}

TEST_CASE("stretches of numbers near 2^63 stay in the bar") {
  const auto drawn = stretches({kLargestCount, kLargestCount}, kLargestCount);
  CHECK(drawn[0].width == doctest::Approx(100));
  CHECK(drawn[1].width == doctest::Approx(0));
}

TEST_CASE("stretches without a whole have no length") {
  for (const Stretch& stretch : stretches({0, 0}, 0)) CHECK(stretch.width == 0);
}

TEST_CASE("a part that is nearly nothing is seen") {
  const std::string svg =
      part_bar({{"input", "input", 1}, {"output", "output", 1'000'000}}, 1'000'001).code();
  for (const double width : numbers_of(svg, "width")) CHECK(width >= 0.5);
}

TEST_CASE("days between two days are gaps in a chart") {
  CHECK(with_gaps("day", {"2026-03-01", "2026-02-27"}) ==
        std::vector<std::string>{"2026-02-27", "2026-02-28", "2026-03-01"});
}

TEST_CASE("hours, months and ticks have gaps too") {
  CHECK(with_gaps("hour", {"2025-12-31T23", "2026-01-01T01"}) ==
        std::vector<std::string>{"2025-12-31T23", "2026-01-01T00", "2026-01-01T01"});
  CHECK(with_gaps("month", {"2025-11", "2026-01"}) ==
        std::vector<std::string>{"2025-11", "2025-12", "2026-01"});
  CHECK(with_gaps("tick", {"10", "8"}) == std::vector<std::string>{"8", "9", "10"});
}

TEST_CASE("moments that are no days, or too far apart, are as they are") {
  CHECK(with_gaps("day", {"2026-02-31", "2026-02-27"}) ==
        std::vector<std::string>{"2026-02-27", "2026-02-31"});
  CHECK(with_gaps("tick", {"1", "900000"}) == std::vector<std::string>{"1", "900000"});
  CHECK(with_gaps("week", {"2026-W02", "2026-W01"}) ==
        std::vector<std::string>{"2026-W01", "2026-W02"});
}

TEST_CASE("an axis ends above the largest number, in round steps") {
  CHECK(scale_to(9) == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(scale_to(1200) == std::vector<double>{0, 250, 500, 750, 1000, 1250});
  CHECK(scale_to(0) == std::vector<double>{0, 1});
  CHECK(scale_to(1) == std::vector<double>{0, 1});
  for (double largest = 1; largest < 1e19; largest *= 1.7) {
    CHECK(scale_to(largest).back() >= largest);
    CHECK(scale_to(largest).size() <= 6);
  }
}

TEST_CASE("numbers of an axis are short") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(250) == "250");
  CHECK(short_number(1'500'000) == "1.5M");
  CHECK(short_number(20'000) == "20k");
}

TEST_CASE("the bars of a day are as high together as its sum") {
  TimeChart chart{"total by day", "day", {"2026-01-01", "2026-01-02"}, {}};
  chart.series = {series("a", {300, 100}), series("b", {100, 0})};
  const std::string svg = time_chart(chart).code();
  // The swatches of the legend come first, then the bars: two of the first day, one of the second.
  const std::vector<double> heights = numbers_of(svg, "height");
  REQUIRE(heights.size() == 5);
  // A line of paper, one high, is on each.
  CHECK(heights[2] + 1 == doctest::Approx(3 * (heights[3] + 1)).epsilon(0.01));
  CHECK(heights[3] == doctest::Approx(heights[4]));
  CHECK(holds(svg, "<title>2026-01-01: 400; a 300; b 100</title>"));
  CHECK(holds(svg, "<title>2026-01-02: 100; a 100</title>"));
}

TEST_CASE("more than six series are five and the rest") {
  TimeChart chart{"total by day", "day", {"1", "2"}, {}};
  for (int i = 0; i < 9; ++i) chart.series.push_back(series("m" + std::to_string(i), {1, 1}));
  const std::string svg = time_chart(chart).code();
  CHECK(holds(svg, "4 others"));
  CHECK_FALSE(holds(svg, "m5"));
  CHECK(holds(svg, "4 others 4</title>"));
}

TEST_CASE("many moments share columns, and the chart says so") {
  TimeChart chart{"total by tick", "tick", {}, {}};
  std::vector<Count> ones;
  for (int i = 0; i < 1000; ++i) {
    chart.moments.push_back(std::to_string(i));
    ones.push_back(1);
  }
  chart.series = {series("", ones)};
  const std::string svg = time_chart(chart).code();
  CHECK(holds(svg, "Each column is 7 ticks"));
  CHECK(holds(svg, "<title>0 – 6: 7</title>"));
  const std::vector<double> xs = numbers_of(svg, "x");
  CHECK(xs.size() == 143);
  for (const double x : xs) CHECK(x >= 52);
}

TEST_CASE("a waterfall has a bar for each part, one behind the other, and the missing part") {
  const auto bars = waterfall_bars(failing_sum(100, {{"request 1", 30}, {"request 3", 50}}));
  REQUIRE(bars.size() == 5);
  CHECK(bars[0].label == "request 1");
  CHECK(bars[1].from == bars[0].size);
  CHECK(bars[2].kind == WaterfallBar::Kind::calculated);
  CHECK(bars[2].size == 80);
  CHECK(bars[3].kind == WaterfallBar::Kind::missing);
  CHECK(bars[3].from == 80);
  CHECK(bars[3].size == 20);
  CHECK(bars[3].value == "+20");
  CHECK(bars[4].size == 100);
}

TEST_CASE("what is not asserted is an excess") {
  const auto bars = waterfall_bars(failing_sum(60, {{"request 1", 30}, {"request 3", 50}}));
  REQUIRE(bars.size() == 5);
  CHECK(bars[3].kind == WaterfallBar::Kind::excess);
  CHECK(bars[3].from == 60);
  CHECK(bars[3].size == 20);
  CHECK(bars[3].value == "-20");
}

TEST_CASE("parts that are not what was added up are not drawn") {
  Finding finding = failing_sum(60, {{"request 1", 30}});
  finding.calculated = 31;
  CHECK(waterfall_bars(finding).size() == 3);
}

TEST_CASE("nothing is drawn of unknown, negative and equal numbers") {
  Finding finding = failing_sum(-5, {{"a", 1}});
  CHECK(waterfall_bars(finding).empty());
  finding.asserted.reset();
  CHECK(waterfall_bars(finding).empty());
  CHECK(waterfall_bars(failing_sum(1, {{"a", 1}})).empty());
  CHECK(waterfall({}, "nothing").empty());
}

TEST_CASE("the bars of a waterfall stay in their picture, and a small difference is seen") {
  const std::string svg =
      waterfall(waterfall_bars(failing_sum(1'000'001, {{"a", 400'000}, {"b", 600'000}})), "output")
          .code();
  const std::vector<double> xs = numbers_of(svg, "x");
  const std::vector<double> widths = numbers_of(svg, "width");
  REQUIRE(xs.size() == 5);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    CHECK(widths[i] >= 2);
    CHECK(xs[i] + widths[i] <= 622.01);
  }
}

TEST_CASE("names in a waterfall are text") {
  const std::string svg =
      waterfall(waterfall_bars(failing_sum(9, {{"<script>", 4}})), "a \"sum\"").code();
  CHECK_FALSE(holds(svg, "<script>"));
  CHECK(holds(svg, "aria-label=\"a &quot;sum&quot;\""));
}

TEST_CASE("a chain has a dot for each response, and a long one goes on") {
  const auto dots = [](Count responses) {
    const std::string svg = chain_picture(responses).code();
    std::size_t number = 0;
    for (std::size_t at = svg.find("<circle"); at != std::string::npos;
         at = svg.find("<circle", at + 1))
      ++number;
    return number;
  };
  CHECK(chain_picture(0).empty());
  CHECK(dots(1) == 1);
  CHECK(dots(5) == 5);
  CHECK(dots(1000) == 24);
}

TEST_CASE("an unknown number of a pair has no bar") {
  CHECK(numbers_of(pair_bar(5, std::nullopt, 10).code(), "width") == std::vector<double>{50});
  CHECK(numbers_of(pair_bar(5, 10, 10).code(), "width") == std::vector<double>{50, 100});
}

TEST_CASE("a verdict is known without its colour") {
  CHECK(holds(verdict_html("fail", Mood::bad).code(), "✗"));
  CHECK(holds(verdict_html("fail", Mood::bad).code(), "fail"));
}

TEST_CASE("a legend names every colour") {
  CHECK(holds(legend({{"s0", "a <b>"}}).code(), "a &lt;b&gt;"));
  CHECK(legend({}).empty());
}
