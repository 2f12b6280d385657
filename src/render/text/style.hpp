#pragma once

#include <cstdint>

namespace usagectl {

enum class OutputFormat : std::uint8_t { table, json, csv, markdown };

/// Cells of CSV that a spreadsheet would run.
enum class Formulas : std::uint8_t { defused, kept };

/// How text for people is drawn. Of the machine formats, CSV looks at `formulas`.
struct Style {
  bool color = false;
  int width = 0;  ///< columns; 0 = unlimited, so that a piped table is never cut
  Formulas formulas = Formulas::defused;
};

}  // namespace usagectl
