#include "render/text/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

#include "render/text/cell_text.hpp"
#include "render/text/paint.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/text_width.hpp"
#include "render/text/words.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kGap = 2;            // between columns
constexpr std::size_t kReadableName = 16;  // names are not shortened below this to save a column
constexpr std::size_t kShortestName = 4;   // when no column is left to save

/// One column, as wide as its cells need.
struct Strip {
  const Column* column;
  std::size_t index = 0;  // of the cell in a row
  std::string title;
  std::size_t natural = 0;    // width that shows everything
  std::size_t width = 0;      // width it gets
  std::size_t last_step = 0;  // width that shows the last step of every pointer
  bool is_shown = false;

  bool is_number() const { return column->content == Content::number; }
  bool is_pointer() const { return column->content == Content::pointer; }
  std::size_t at_least(std::size_t shortest_name) const {
    if (is_number()) return natural;
    return std::min(natural, std::max({shortest_name, text_width(title), last_step}));
  }
};

/// With the "…" before it.
std::size_t width_of_last_step(std::string_view pointer) {
  constexpr std::size_t kLongestStep = 30;
  const std::size_t slash = pointer.rfind('/');
  const bool is_whole = slash == std::string_view::npos;
  return std::min(kLongestStep,
                  text_width(is_whole ? pointer : pointer.substr(slash)) + (is_whole ? 0 : 1));
}

/// What the total has to say of a column; nothing under names.
std::string total_text(const Row& total, const Strip& strip) {
  const Cell& cell = total[strip.index];
  const bool is_empty = !strip.is_number() && cell.kind == Cell::Kind::unknown;
  return is_empty ? std::string() : cell_text(cell);
}

std::vector<Strip> strips_of(const SheetView& sheet) {
  std::vector<Strip> strips;
  for (std::size_t index = 0; index < sheet.columns().size(); ++index) {
    const Column& column = sheet.columns()[index];
    if (column.for_machines) continue;
    strips.push_back({&column, index, visible_text(column.title)});
    strips.back().natural = text_width(strips.back().title);
    strips.back().is_shown = is_always_shown(column);
  }
  const auto widen = [](Strip& strip, const std::string& cell) {
    strip.natural = std::max(strip.natural, text_width(cell));
    if (strip.is_pointer()) strip.last_step = std::max(strip.last_step, width_of_last_step(cell));
  };
  for (std::size_t at = 0; at < sheet.rows(); ++at) {
    const Row& row = sheet.row(at);
    for (Strip& strip : strips) {
      const Cell& cell = row[strip.index];
      if (cell.kind != Cell::Kind::unknown) strip.is_shown = true;
      widen(strip, cell_text(cell));
    }
  }
  std::erase_if(strips, [](const Strip& strip) { return !strip.is_shown; });
  for (Strip& strip : strips) {
    if (sheet.total()) widen(strip, total_text(*sheet.total(), strip));
    strip.width = strip.natural;
  }
  return strips;
}

/// Removes the columns of least weight until the rest fits with readable names. Returns the titles
/// of the removed columns, in the order of the table.
std::vector<std::string> leave_out(std::vector<Strip>& strips, std::size_t width) {
  std::vector<const Strip*> by_weight;
  for (const Strip& strip : strips) by_weight.push_back(&strip);
  std::stable_sort(by_weight.begin(), by_weight.end(), [](const Strip* a, const Strip* b) {
    return a->column->weight > b->column->weight;
  });
  std::set<const Column*> kept;
  std::size_t used = 0;
  for (const Strip* strip : by_weight) {
    const std::size_t more = strip->at_least(kReadableName) + (kept.empty() ? 0 : kGap);
    if (strip->column->weight != Weight::needed && used + more > width) continue;
    kept.insert(strip->column);
    used += more;
  }
  std::vector<std::string> titles;
  for (const Strip& strip : strips) {
    if (!kept.contains(strip.column)) titles.push_back(strip.title);
  }
  std::erase_if(strips, [&](const Strip& strip) { return !kept.contains(strip.column); });
  return titles;
}

/// Shortens the widest name by one column at a time, so that names of equal width share what is
/// missing, until the table fits or every name is as short as may be.
void shorten_names(std::vector<Strip>& strips, std::size_t width) {
  std::size_t sum = strips.empty() ? 0 : kGap * (strips.size() - 1);
  for (const Strip& strip : strips) sum += strip.width;
  while (sum > width) {
    Strip* widest = nullptr;
    for (Strip& strip : strips) {
      if (strip.width <= strip.at_least(kShortestName)) continue;
      if (widest == nullptr || strip.width > widest->width) widest = &strip;
    }
    if (widest == nullptr) return;
    --widest->width;
    --sum;
  }
}

/// Puts one text per strip side by side: `text_of(i)` goes into the width of strip i.
template <typename TextOf>
std::string line_of(const std::vector<Strip>& strips, Ink ink, const Style& style, TextOf text_of) {
  std::string line;
  std::size_t owed = 0;  // spaces, written only when something follows
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const Strip& strip = strips[i];
    std::string text = text_of(i);
    std::size_t width = text_width(text);
    if (width > strip.width) {
      text =
          strip.is_pointer() ? cut_in_front(text, strip.width) : cut_in_middle(text, strip.width);
      width = text_width(text);
    }
    const std::size_t rest = strip.width - std::min(strip.width, width);
    if (strip.is_number()) owed += rest;
    if (!text.empty()) {
      line.append(owed, ' ').append(painted(text, ink, style));
      owed = 0;
    }
    owed += kGap + (strip.is_number() ? 0 : rest);
  }
  line.push_back('\n');
  return line;
}

/// One row, on as many lines as its longest sentence needs.
std::string row_of(const std::vector<Strip>& strips, const Row& row, const Style& style) {
  const bool has_sentence = std::any_of(strips.begin(), strips.end(), [](const Strip& strip) {
    return strip.column->content == Content::sentence;
  });
  if (!has_sentence) {
    return line_of(strips, Ink::plain, style,
                   [&](std::size_t i) { return cell_text(row[strips[i].index]); });
  }
  std::vector<std::vector<std::string>> parts;
  std::size_t height = 1;
  for (const Strip& strip : strips) {
    const bool is_sentence = strip.column->content == Content::sentence;
    parts.push_back(wrapped_text(cell_text(row[strip.index]), is_sentence ? strip.width : 0));
    height = std::max(height, parts.back().size());
  }
  std::string lines;
  for (std::size_t line = 0; line < height; ++line) {
    lines += line_of(strips, Ink::plain, style, [&](std::size_t i) {
      return line < parts[i].size() ? parts[i][line] : std::string();
    });
  }
  return lines;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

void write_text_table(const SheetView& sheet, const Style& style, const TextSink& out) {
  auto strips = strips_of(sheet);
  std::vector<std::string> left_out;
  if (style.width > 0) {
    const auto width = static_cast<std::size_t>(style.width);
    left_out = leave_out(strips, width);
    shorten_names(strips, width);
  }
  if (strips.empty()) return;

  const std::string rule = line_of(strips, Ink::faint, style,
                                   [&](std::size_t i) { return repeated("─", strips[i].width); });
  out(line_of(strips, Ink::strong, style, [&](std::size_t i) { return strips[i].title; }));
  out(rule);
  for (std::size_t row = 0; row < sheet.rows(); ++row) out(row_of(strips, sheet.row(row), style));
  if (sheet.total()) {
    out(rule);
    out(line_of(strips, Ink::strong, style,
                [&](std::size_t i) { return total_text(*sheet.total(), strips[i]); }));
  }
  if (!left_out.empty()) {
    out(paragraph(fmt::format("left out for width: {}", joined(left_out, ", ")), Ink::faint,
                  style));
  }
}

std::string text_table(const SheetView& sheet, const Style& style) {
  return collected([&](const TextSink& out) { write_text_table(sheet, style, out); });
}

namespace {

/// Whether every cell is shown whole. A sentence may be wrapped, but not into a narrow strip.
bool fits(const std::vector<Strip>& strips, std::size_t width) {
  constexpr std::size_t kNarrowSentence = 28;
  std::size_t sum = strips.empty() ? 0 : kGap * (strips.size() - 1);
  for (const Strip& strip : strips) {
    const bool is_sentence = strip.column->content == Content::sentence;
    sum += is_sentence ? std::min(strip.natural, kNarrowSentence) : strip.natural;
  }
  return sum <= width;
}

/// "  reasoning in output  included", wrapped behind the title. A title without a text is left out.
std::string labelled(const std::string& title, const std::string& text, std::size_t title_width,
                     const Style& style) {
  constexpr std::size_t kIndent = 2;
  const std::size_t at = kIndent + title_width + kGap;
  const auto width = static_cast<std::size_t>(style.width);
  const auto lines = wrapped_text(text, width > at + 1 ? width - at : 1);
  std::string drawn;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0) {
      drawn.append(kIndent, ' ').append(painted(title, Ink::faint, style));
      drawn.append(title_width - text_width(title) + kGap, ' ');
    } else {
      drawn.append(at, ' ');
    }
    drawn += lines[i] + "\n";
  }
  return drawn;
}

std::string stacked(const SheetView& sheet, const std::vector<Strip>& strips, const Style& style) {
  std::size_t title_width = 0;
  for (std::size_t i = 1; i < strips.size(); ++i)
    title_width = std::max(title_width, text_width(strips[i].title));
  std::string drawn;
  for (std::size_t at = 0; at < sheet.rows(); ++at) {
    const Row& row = sheet.row(at);
    if (at > 0) drawn += "\n";
    drawn += painted(cell_text(row[strips.front().index]), Ink::strong, style) + "\n";
    for (std::size_t i = 1; i < strips.size(); ++i) {
      const Cell& cell = row[strips[i].index];
      if (cell.kind == Cell::Kind::unknown) continue;
      drawn += labelled(strips[i].title, cell_text(cell), title_width, style);
    }
  }
  return drawn;
}

}  // namespace

std::string whole_text_table(const SheetView& sheet, const Style& style) {
  const auto strips = strips_of(sheet);
  if (style.width == 0 || strips.size() < 2 || fits(strips, static_cast<std::size_t>(style.width)))
    return text_table(sheet, style);
  return stacked(sheet, strips, style);
}

}  // namespace usagectl
