#pragma once

#include <span>
#include <string>
#include <string_view>

#include "render/text/sheet.hpp"
#include "render/text/style.hpp"
#include "render/text/text_sink.hpp"

namespace usagectl {

/// CSV as in RFC 4180, except that lines end with LF: a header row of column ids, then the rows. An
/// unknown value is an empty field. Controls in texts are made visible, so a row is one line and is
/// safe on a terminal.
void write_csv(const SheetView& sheet, Formulas formulas, const TextSink& out);
std::string csv(const SheetView& sheet, Formulas formulas = Formulas::defused);

/// Header and row alone, for reports that are written row by row.
void append_csv_header(std::span<const Column> columns, std::string& out);
void append_csv_row(std::span<const Cell> row, std::string& out,
                    Formulas formulas = Formulas::defused);
/// Fields of a row that goes on, with commas between them.
void append_csv_fields(std::span<const Cell> cells, std::string& out,
                       Formulas formulas = Formulas::defused);
/// One field that holds a text.
void append_csv_text(std::string_view text, std::string& out,
                     Formulas formulas = Formulas::defused);

}  // namespace usagectl
