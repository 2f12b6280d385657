#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "render/html/html.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

struct HtmlTable {
  std::string_view caption;
  std::size_t room = 400'000;  ///< bytes; rows that do not fit are counted
  /// A cell behind the names of each row, such as a bar; none where it is not set.
  std::function<Html(std::size_t row)> picture = {};
  std::string_view picture_title = {};
  /// The content of a cell where it is more than its text; empty where it is not.
  std::function<Html(std::size_t row, std::size_t column)> content = {};
};

/// The sheet as a table that can be scrolled sideways, with the numbers of every other format.
Html html_table(const SheetView& sheet, const HtmlTable& options);

}  // namespace usagectl
