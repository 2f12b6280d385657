#pragma once

#include <string>

#include "render/text/sheet.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The sheet as a text table. What does not fit in style.width first shortens names, then leaves
/// out whole columns of little weight and says which. A number is never cut, so a table of many
/// digits may be wider than asked for.
std::string text_table(const Sheet& sheet, const Style& style);

}  // namespace usagectl
