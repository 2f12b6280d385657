#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace usagectl {

enum class OutputFormat : std::uint8_t { table, json, csv, markdown, html };

/// Their names in the order of the enumeration, for options: the default first.
inline constexpr std::array<std::string_view, 5> kOutputFormatNames = {"table", "json", "csv",
                                                                       "markdown", "html"};

/// The format of that name; nothing where there is none.
constexpr std::optional<OutputFormat> output_format_named(std::string_view name) {
  for (std::size_t i = 0; i < kOutputFormatNames.size(); ++i) {
    if (kOutputFormatNames[i] == name) return static_cast<OutputFormat>(i);
  }
  return std::nullopt;
}

/// Cells of CSV that a spreadsheet would run.
enum class Formulas : std::uint8_t { defused, kept };

/// How text for people is drawn. Of the machine formats, CSV looks at `formulas`.
struct Style {
  bool color = false;
  int width = 0;      ///< columns; 0 = unlimited, so that a piped table is never cut
  bool bars = false;  ///< beside the groups of a summary
  Formulas formulas = Formulas::defused;
};

}  // namespace usagectl
