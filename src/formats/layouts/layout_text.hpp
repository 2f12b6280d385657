#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "formats/layouts/layout.hpp"

namespace usagectl {

/// A layout file that cannot be used, with the place in it.
struct LayoutError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads a layout. `file` is named in errors. Throws LayoutError.
Layout parse_layout(std::string_view text, std::string_view file);

/// Reads a layout file. Throws LayoutError.
Layout load_layout(const std::string& path);

/// The text of a layout file, which reads as the same layout.
std::string layout_text(const Layout& layout);

}  // namespace usagectl
