#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace usagectl {

/// The text as it may stand in an XML 1.0 document, between tags and in attributes: what XML has no
/// place for (controls, bytes that are not UTF-8, U+FFFE) is made visible as everywhere. Line ends
/// stay where `lines` says that they are ours.
std::string xml_text(std::string_view text, bool lines = false);

using XmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

/// `<name a="…" b="…"`: what is left open is for the caller to close.
std::string xml_tag(std::string_view name, const XmlAttributes& attributes);

}  // namespace usagectl
