#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "render/text/sheet.hpp"

namespace usagectl {

/// The places that show Markdown reports (job summaries of GitHub) refuse more than 1 MiB.
inline constexpr std::size_t kLargestMarkdown = 1'000'000;

/// The text escaped so that Markdown shows it literally: no markup, no HTML, no second table cell.
std::string markdown_text(std::string_view text);

/// The sheet as a GitHub table. Rows that would make it larger than `room` bytes are left out, and
/// a last line says how many.
std::string markdown_table(const SheetView& sheet, std::size_t room = kLargestMarkdown);

}  // namespace usagectl
