#pragma once

#include <string_view>

#include "formats/layouts/layout.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {

/// A layout of texts that are not JSON, and its format.
struct TextLogFormat {
  const Layout* layout = nullptr;  ///< nullptr: there is none
  const Format* format = nullptr;
};

/// The one that describes the text. `only_named`: only those that know their writer, and not what
/// many write; without `may_be_log`, only those that read files of that name. The format of such a
/// layout opens nothing by itself, and keeps the layout.
TextLogFormat text_log_format_of(std::string_view text, const FileContext& file, bool only_named,
                                 bool may_be_log);

/// Whether the layout, which has a text section, describes the text.
bool is_text_of(const Layout& layout, std::string_view text);

/// Reads the text as its layout describes it. A text says less than JSON does: where nothing says
/// whether numbers are those of one call each or a total so far, the numbers decide it, with a
/// warning.
void read_text_log(const Layout& layout, std::string_view text, const FileContext& file,
                   JsonParser& parser, Observations& observations);

}  // namespace usagectl
