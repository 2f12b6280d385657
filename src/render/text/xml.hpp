#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace usagectl {

/// The text escaped for an XML 1.0 document, between tags and in attributes. Controls, invalid
/// UTF-8 and U+FFFE are made visible, as everywhere. Line ends are kept if `lines` is set, for text
/// of our own.
std::string xml_text(std::string_view text, bool lines = false);

using XmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

/// `<name a="…" b="…"`, without the closing bracket, which the caller adds.
std::string xml_tag(std::string_view name, const XmlAttributes& attributes);

}  // namespace usagectl
