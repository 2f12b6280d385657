#pragma once

#include <string>

#include "render/text/sheet.hpp"
#include "render/text/style.hpp"
#include "render/text/text_sink.hpp"

namespace usagectl {

/// The sheet as a text table. To fit style.width, names are shortened first, then columns of little
/// weight are left out, and the table lists them. A number is never cut, so a table of long numbers
/// may be wider.
void write_text_table(const SheetView& sheet, const Style& style, const TextSink& out);
std::string text_table(const SheetView& sheet, const Style& style);

/// The same, but where a name would be shortened or a column left out, every row is a block of
/// lines instead: its first cell, then the others with their titles. For tables whose names are to
/// be copied, or whose every column matters.
std::string whole_text_table(const SheetView& sheet, const Style& style);

}  // namespace usagectl
