#pragma once

#include <string>

#include "render/text/money_text.hpp"
#include "render/text/number_text.hpp"
#include "render/text/sheet.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {

/// A cell as shown in a table.
inline std::string cell_text(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::unknown: return kUnknown;
    case Cell::Kind::text: return visible_text(cell.text);
    case Cell::Kind::count: return number_text(cell.number);
    case Cell::Kind::difference: return difference_text(cell.number);
    case Cell::Kind::money: return money_text(cell.amount);
    case Cell::Kind::too_large: return "≥2^63";
  }
  return kUnknown;
}

}  // namespace usagectl
