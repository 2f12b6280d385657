#pragma once

#include <string_view>

#include "formats/layouts/layout.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {

extern const Format format_known_layout;

/// The layout that describes a text which is not JSON; nullptr when none does. `only_named`: only
/// those that know their writer, and not what many write.
const Layout* text_layout_of(std::string_view text, const FileContext& file, bool only_named);

/// Whether the layout, which has a text section, describes the text.
bool is_text_of(const Layout& layout, std::string_view text);

/// Reads the text as its layout describes it. A text says less than JSON does: where nothing says
/// whether numbers are those of one call each or a total so far, the numbers decide it, with a
/// warning.
void read_text_log(const Layout& layout, std::string_view text, const FileContext& file,
                   JsonParser& parser, Observations& observations);

}  // namespace usagectl
