#include "render/html/waterfall.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/text/number_text.hpp"
#include "render/text/text_width.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

constexpr double kLabelWidth = 150;
constexpr double kBarWidth = 470;
constexpr double kValueWidth = 120;
constexpr double kRow = 20;           // of a bar with a label
constexpr double kPartsHeight = 160;  // all parts share it where they are many
constexpr double kThinnest = 3;
constexpr double kVisible = 3;
constexpr double kHole = 8;  // a narrower one has no inside to show
constexpr std::size_t kLongestLabel = 20;

using Kind = WaterfallBar::Kind;

std::string_view style_of(Kind kind) {
  switch (kind) {
    case Kind::part: return "input";
    case Kind::calculated:
    case Kind::asserted: return "plain";
    case Kind::missing: return "hole";
    case Kind::excess: return "excess";
  }
  return "plain";
}

/// The parts, if they are those that were added up.
bool are_the_sum(const std::vector<SummedPart>& parts, Count calculated) {
  ExactSum sum;
  for (const SummedPart& part : parts) {
    if (part.count < 0) return false;
    sum += part.count;
  }
  return !parts.empty() && sum.count() == calculated;
}

}  // namespace

std::vector<WaterfallBar> waterfall_bars(const Finding& finding) {
  const auto difference = finding.difference();
  if (!difference || *difference == 0) return {};
  const Count asserted = *finding.asserted;
  const Count calculated = *finding.calculated;
  if (asserted < 0 || calculated < 0) return {};
  std::vector<WaterfallBar> bars;
  if (are_the_sum(finding.parts, calculated)) {
    Count at = 0;
    for (const SummedPart& part : finding.parts) {
      bars.push_back({Kind::part, part.name, at, part.count, number_text(part.count)});
      at += part.count;
    }
  }
  bars.push_back({Kind::calculated, "calculated", 0, calculated, number_text(calculated)});
  const bool is_missing = asserted > calculated;
  bars.push_back({is_missing ? Kind::missing : Kind::excess,
                  is_missing ? "in no part" : "not asserted", std::min(asserted, calculated),
                  is_missing ? *difference : -*difference, difference_text(*difference)});
  bars.push_back({Kind::asserted, "asserted", 0, asserted, number_text(asserted)});
  return bars;
}

Html waterfall(const std::vector<WaterfallBar>& bars, std::string_view description) {
  if (bars.empty()) return {};
  double largest = 1;
  std::size_t parts = 0;
  for (const WaterfallBar& bar : bars) {
    largest = std::max(largest, static_cast<double>(bar.from) + static_cast<double>(bar.size));
    parts += bar.kind == Kind::part ? 1 : 0;
  }
  const double row_of_part =
      parts == 0 ? kRow : std::clamp(kPartsHeight / static_cast<double>(parts), kThinnest, kRow);
  Html drawn;
  double y = 0;
  for (const WaterfallBar& bar : bars) {
    const double row = bar.kind == Kind::part ? row_of_part : kRow;
    const double x = kLabelWidth + kBarWidth * static_cast<double>(bar.from) / largest;
    const double width = std::max(kVisible, kBarWidth * static_cast<double>(bar.size) / largest);
    const double gap = row >= kRow ? 4 : row > 6 ? 1 : 0;
    Html mark = Html::element("title", fmt::format("{}: {}", bar.label, bar.value));
    mark += Html::shape(
        "rect",
        {{"class", std::string(style_of(width < kHole && bar.kind == Kind::missing ? Kind::excess
                                                                                   : bar.kind))},
         {"x", svg_number(std::min(x, kLabelWidth + kBarWidth - kVisible))},
         {"y", svg_number(y + gap / 2)},
         {"width", svg_number(width)},
         {"height", svg_number(row - gap)}});
    if (row >= kRow) {
      const std::string middle = svg_number(y + row / 2 + 4);
      mark += Html::element("text",
                            {{"class", "end"}, {"x", svg_number(kLabelWidth - 8)}, {"y", middle}},
                            cut_at_end(visible_text(bar.label), kLongestLabel));
      mark += Html::element(
          "text", {{"class", "ink"}, {"x", svg_number(kLabelWidth + kBarWidth + 8)}, {"y", middle}},
          bar.value);
    }
    drawn += Html::element("g", {}, mark);
    y += row;
  }
  const std::string size =
      fmt::format("0 0 {} {}", svg_number(kLabelWidth + kBarWidth + kValueWidth), svg_number(y));
  const Html svg = Html::element("svg",
                                 {{"class", "waterfall"},
                                  {"role", "img"},
                                  {"viewBox", size},
                                  {"aria-label", std::string(description)}},
                                 drawn);
  return Html::element("div",
                       {{"class", "scroll"},
                        {"role", "group"},
                        {"tabindex", "0"},
                        {"aria-label", std::string(description)}},
                       svg);
}

}  // namespace usagectl
