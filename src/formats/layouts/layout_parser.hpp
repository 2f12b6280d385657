#pragma once

#include <string>
#include <string_view>

#include "base/input_error.hpp"
#include "dialects/catalogue.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// Reads a layout. `file` is named in errors. Throws InputError. Of a layout that `is_tested`, as
/// the built-in ones are, no expression is compiled before a text is met.
Layout parse_layout(std::string_view text, std::string_view file, bool is_tested = false);
/// The same, with a parser that other layouts use, too.
Layout parse_layout(std::string_view text, std::string_view file, bool is_tested,
                    JsonParser& parser);

/// Throws InputError where a dialect that the layout names is not in the catalogue.
void check_dialects(const Layout& layout, const Catalogue& catalogue, std::string_view file);

/// Reads a layout file. Throws InputError.
Layout load_layout(const std::string& path);

}  // namespace usagectl
