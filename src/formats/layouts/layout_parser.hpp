#pragma once

#include <string>
#include <string_view>

#include "base/input_error.hpp"
#include "dialects/catalogue.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// Reads a layout. `file` is named in errors. Throws InputError.
Layout parse_layout(std::string_view text, std::string_view file);

/// Throws InputError where a dialect that the layout names is not in the catalogue.
void check_dialects(const Layout& layout, const Catalogue& catalogue, std::string_view file);

/// Reads a layout file. Throws InputError.
Layout load_layout(const std::string& path);

}  // namespace usagectl
