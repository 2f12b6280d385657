#pragma once

#include <span>
#include <string>

#include "render/text/sheet.hpp"

namespace usagectl {

/// CSV as RFC 4180 has it, but for line ends of one LF: a header row of column ids, then one row
/// per row. What is not known is an empty field. Controls in texts are made visible, so a row is
/// one line and does nothing to a terminal.
std::string csv(const Sheet& sheet);

/// The parts, for reports that are written row by row.
void append_csv_header(std::span<const Column> columns, std::string& out);
void append_csv_row(std::span<const Cell> row, std::string& out);

}  // namespace usagectl
