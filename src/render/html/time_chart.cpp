#include "render/html/time_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "render/html/legend.hpp"
#include "render/html/scale.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr double kWidth = 960;
constexpr double kHeight = 260;
constexpr double kLeft = 52;
constexpr double kTop = 10;
constexpr double kBottom = 28;
constexpr double kPlotWidth = kWidth - kLeft - 8;
constexpr double kPlotHeight = kHeight - kTop - kBottom;
constexpr std::size_t kMostColumns = 160;
constexpr std::size_t kMostSeries = 6;
constexpr double kWidestColumn = 48;
constexpr double kLabelWidth = 90;

double number_of(const ExactSum& sum) {
  return static_cast<double>(std::max<Count>(sum.count().value_or(kLargestCount), 0));
}

std::string sum_text(const ExactSum& sum) {
  return sum.fits() ? number_text(*sum.count()) : "more than 2^63";
}

/// The first series, and the rest as one.
std::vector<TimeSeries> at_most_six(const std::vector<TimeSeries>& series) {
  if (series.size() <= kMostSeries) return series;
  std::vector<TimeSeries> list(series.begin(), series.begin() + kMostSeries - 1);
  TimeSeries rest{fmt::format("{} others", series.size() - list.size()), {}};
  for (std::size_t i = list.size(); i < series.size(); ++i) {
    rest.sums.resize(std::max(rest.sums.size(), series[i].sums.size()));
    for (std::size_t at = 0; at < series[i].sums.size(); ++at) rest.sums[at] += series[i].sums[at];
  }
  list.push_back(std::move(rest));
  return list;
}

std::string style_of(std::size_t series, std::size_t of, bool has_rest) {
  return has_rest && series + 1 == of ? "rest" : fmt::format("s{}", series);
}

/// A column with the sums of its moments.
struct DrawnColumn {
  std::string label;
  std::vector<ExactSum> sums;  ///< by series
  ExactSum total;
};

std::vector<DrawnColumn> columns_of(const TimeChart& chart, const std::vector<TimeSeries>& series) {
  const std::size_t each = moments_per_column(chart.moments.size());
  std::vector<DrawnColumn> columns;
  for (std::size_t first = 0; first < chart.moments.size(); first += each) {
    const std::size_t end = std::min(first + each, chart.moments.size());
    DrawnColumn column;
    column.label = chart.moments[first];
    if (end - first > 1) column.label += " – " + chart.moments[end - 1];
    for (const TimeSeries& one : series) {
      ExactSum sum;
      for (std::size_t at = first; at < end && at < one.sums.size(); ++at) sum += one.sums[at];
      column.total += sum;
      column.sums.push_back(sum);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

Html grid(const std::vector<double>& marks) {
  Html lines;
  for (const double mark : marks) {
    const double y = kTop + kPlotHeight * (1 - mark / marks.back());
    lines += Html::shape("line", {{"class", mark == 0 ? "axis" : "grid"},
                                  {"x1", svg_number(kLeft)},
                                  {"x2", svg_number(kWidth - 8)},
                                  {"y1", svg_number(y)},
                                  {"y2", svg_number(y)}});
    lines += Html::element(
        "text", {{"class", "end"}, {"x", svg_number(kLeft - 6)}, {"y", svg_number(y + 4)}},
        short_number(mark));
  }
  return lines;
}

std::string tooltip(const DrawnColumn& column, const std::vector<TimeSeries>& series) {
  std::string text = fmt::format("{}: {}", column.label, sum_text(column.total));
  if (series.size() < 2) return text;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (column.sums[i].count() == Count{0}) continue;
    text += fmt::format("; {} {}", series[i].name, sum_text(column.sums[i]));
  }
  return text;
}

}  // namespace

std::size_t moments_per_column(std::size_t moments) {
  return std::max<std::size_t>(1, (moments + kMostColumns - 1) / kMostColumns);
}

Html time_chart(const TimeChart& chart) {
  if (chart.moments.empty() || chart.series.empty()) return {};
  const bool has_rest = chart.series.size() > kMostSeries;
  const std::vector<TimeSeries> series = at_most_six(chart.series);
  const std::vector<DrawnColumn> columns = columns_of(chart, series);
  double largest = 0;
  for (const DrawnColumn& column : columns) largest = std::max(largest, number_of(column.total));
  const std::vector<double> marks = scale_to(largest);

  Html drawn = grid(marks);
  const double pitch = kPlotWidth / static_cast<double>(columns.size());
  const double width = std::min(kWidestColumn, std::max(1.0, pitch - (pitch > 6 ? 2 : 0.5)));
  const auto labelled =
      std::max<std::size_t>(1, static_cast<std::size_t>(kLabelWidth / pitch + 0.999));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double middle = kLeft + pitch * (static_cast<double>(i) + 0.5);
    double y = kTop + kPlotHeight;
    Html stack = Html::element("title", tooltip(columns[i], series));
    for (std::size_t k = 0; k < series.size(); ++k) {
      const double height = kPlotHeight * number_of(columns[i].sums[k]) / marks.back();
      if (!(height > 0)) continue;
      // What is not nothing is seen; a line of paper parts it from what is on it.
      const double seen = std::max(height > 3 ? height - 1 : height, 0.5);
      stack += Html::shape("rect", {{"class", style_of(k, series.size(), has_rest)},
                                    {"x", svg_number(middle - width / 2)},
                                    {"y", svg_number(y - seen)},
                                    {"width", svg_number(width)},
                                    {"height", svg_number(seen)}});
      y -= height;
    }
    drawn += Html::element("g", {}, stack);
    if (i % labelled == 0) {
      const std::string& moment = chart.moments[i * moments_per_column(chart.moments.size())];
      drawn += Html::element(
          "text", {{"class", "middle"}, {"x", svg_number(middle)}, {"y", svg_number(kHeight - 8)}},
          moment);
    }
  }
  std::vector<LegendEntry> entries;
  for (std::size_t k = 0; series.size() > 1 && k < series.size(); ++k)
    entries.push_back({style_of(k, series.size(), has_rest), series[k].name});
  const Html svg = Html::element("svg",
                                 {{"class", "chart"},
                                  {"role", "img"},
                                  {"viewBox", fmt::format("0 0 {} {}", kWidth, kHeight)},
                                  {"aria-label", chart.title}},
                                 drawn);
  Html html = legend(entries);
  html += Html::element(
      "div",
      {{"class", "scroll"}, {"role", "group"}, {"tabindex", "0"}, {"aria-label", chart.title}},
      svg);
  if (const std::size_t each = moments_per_column(chart.moments.size()); each > 1)
    html += Html::element("p", {{"class", "note"}},
                          fmt::format("Each column is {}", quantity(each, chart.unit)));
  return html;
}

}  // namespace usagectl
