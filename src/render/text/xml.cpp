#include "render/text/xml.hpp"

#include "base/code_point.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

void append_escaped(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    switch (character.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case 0xFFFE: out += "\\ufffe"; break;
      case 0xFFFF: out += "\\uffff"; break;
      default: out.append(text, at, character.length);
    }
    at += character.length;
  }
}

}  // namespace

std::string xml_text(std::string_view text, bool lines) {
  std::string escaped;
  while (lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    append_escaped(visible_text(text.substr(0, end)), escaped);
    escaped.push_back('\n');
    text.remove_prefix(end + 1);
  }
  append_escaped(visible_text(text), escaped);
  return escaped;
}

std::string xml_tag(std::string_view name, const XmlAttributes& attributes) {
  std::string tag = "<";
  tag += name;
  for (const auto& [key, value] : attributes) {
    tag.append(" ").append(key).append("=\"").append(xml_text(value)).append("\"");
  }
  return tag;
}

}  // namespace usagectl
