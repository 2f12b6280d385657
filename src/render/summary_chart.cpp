#include "render/summary_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/html/html_page.hpp"
#include "render/html/time_buckets.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// What is drawn: the total, or the first of these that some group knows.
Counter drawn_counter(const Breakdown& breakdown) {
  for (const Counter counter :
       {Counter::total, Counter::output, Counter::input, Counter::requests}) {
    for (const SummaryGroup& group : breakdown.groups) {
      if (group.tally.sum_of(counter)) return counter;
    }
  }
  return Counter::total;
}

std::optional<std::size_t> time_key(const Breakdown& breakdown) {
  const auto key = std::find_if(breakdown.by.begin(), breakdown.by.end(),
                                [](const std::string& name) { return is_sequence(name); });
  if (key == breakdown.by.end()) return std::nullopt;
  return static_cast<std::size_t>(key - breakdown.by.begin());
}

std::optional<std::size_t> series_key(const Breakdown& breakdown, std::size_t time) {
  const auto model = std::find(breakdown.by.begin(), breakdown.by.end(), "model");
  if (model != breakdown.by.end()) return static_cast<std::size_t>(model - breakdown.by.begin());
  for (std::size_t i = 0; i < breakdown.by.size(); ++i) {
    if (i != time && !is_sequence(breakdown.by[i])) return i;
  }
  return std::nullopt;
}

/// The largest first.
void put_in_order(std::vector<TimeSeries>& series) {
  const auto total_of = [](const TimeSeries& one) {
    ExactSum total;
    for (const ExactSum& sum : one.sums) total += sum;
    return total;
  };
  std::stable_sort(series.begin(), series.end(), [&](const TimeSeries& a, const TimeSeries& b) {
    return total_of(b) < total_of(a);
  });
}

}  // namespace

TimeChart chart_of(const Breakdown& breakdown) {
  TimeChart chart;
  const auto time = time_key(breakdown);
  if (!time) return chart;
  std::vector<std::string> moments;
  for (const SummaryGroup& group : breakdown.groups) {
    if (group.key[*time]) moments.push_back(*group.key[*time]);
  }
  chart.unit = breakdown.by[*time];
  chart.moments = with_gaps(chart.unit, std::move(moments));
  if (chart.moments.size() < 2) return {};
  std::map<std::string, std::size_t> position;
  for (std::size_t i = 0; i < chart.moments.size(); ++i) position[chart.moments[i]] = i;

  const Counter counter = drawn_counter(breakdown);
  const auto series = series_key(breakdown, *time);
  std::map<std::string, TimeSeries> by_name;
  for (const SummaryGroup& group : breakdown.groups) {
    const auto sum = group.tally.sum_of(counter);
    if (!sum || !group.key[*time]) continue;
    const std::string name =
        series ? group.key[*series].value_or("without a " + breakdown.by[*series]) : std::string();
    TimeSeries& one = by_name.try_emplace(name, TimeSeries{name, {}}).first->second;
    one.sums.resize(chart.moments.size());
    one.sums[position.at(*group.key[*time])] += *sum;
  }
  for (auto& [name, one] : by_name) chart.series.push_back(std::move(one));
  put_in_order(chart.series);
  chart.title = fmt::format("{} by {}", name_of(counter), chart.unit);
  if (series) chart.title += fmt::format(", stacked by {}", breakdown.by[*series]);
  return chart;
}

Html summary_chart(const Breakdown& breakdown) {
  const TimeChart chart = chart_of(breakdown);
  if (chart.moments.empty()) return {};
  Html html = time_chart(chart);
  const Counter counter = drawn_counter(breakdown);
  std::uint64_t without_time = 0;
  std::uint64_t without_sum = 0;
  for (const SummaryGroup& group : breakdown.groups) {
    if (!group.key[*time_key(breakdown)]) {
      ++without_time;
    } else if (!group.tally.sum_of(counter)) {
      ++without_sum;
    }
  }
  std::vector<std::string> notes;
  if (without_time > 0)
    notes.push_back(fmt::format("{} without a {}", quantity(without_time, "group"), chart.unit));
  if (without_sum > 0)
    notes.push_back(
        fmt::format("{} without a known {}", quantity(without_sum, "group"), name_of(counter)));
  if (breakdown.rest_groups > 0)
    notes.push_back(fmt::format("{} behind the largest", quantity(breakdown.rest_groups, "group")));
  if (!notes.empty()) html += html_paragraph("Not in the picture: " + joined(notes, ", "), "note");
  return html;
}

}  // namespace usagectl
