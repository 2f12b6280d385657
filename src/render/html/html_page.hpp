#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/html/html.hpp"

namespace usagectl {

/// No page is larger, so that a browser and a mail take it: what does not fit is counted.
inline constexpr std::size_t kLargestPage = 900'000;

struct HtmlPage {
  std::string_view command;  ///< "summarize"
  Html title;                ///< the content of the first heading
  std::string title_text;    ///< the same as text
  Html lead;                 ///< below the heading
  Html body;
  Html footer;
};

/// The whole document: one file without scripts that loads nothing, and that allows nothing but its
/// own style sheet.
std::string html_page(const HtmlPage& page);

/// A section with a heading of that level; empty where the body is.
Html html_section(std::string_view title, const Html& body, int level = 2);

/// A sentence in a paragraph of that class; empty where the sentence is.
Html html_paragraph(std::string_view text, std::string_view style = {});

/// A list of lines, as many as fit in `room` bytes; the rest is counted: "12 more problems are left
/// out here".
Html html_list(const std::vector<std::string>& lines, std::string_view called, std::size_t room);

}  // namespace usagectl
