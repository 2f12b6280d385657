#pragma once

#include <string_view>

namespace usagectl {

// Made from page_style.css when the program is built.

/// The style sheet of every page.
extern const std::string_view kPageStyle;
/// Its SHA-256 in base64, by which a page allows it and no other.
extern const std::string_view kPageStyleHash;

}  // namespace usagectl
