#pragma once

#include <cstdint>

namespace usagectl {

enum class OutputFormat : std::uint8_t { table, json, csv, markdown };

/// How text for people is drawn. Machine formats ignore it.
struct Style {
  bool color = false;
  int width = 0;  ///< columns; 0 = unlimited, so that a piped table is never cut
};

}  // namespace usagectl
