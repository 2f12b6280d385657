#include "render/html/html.hpp"

#include <fmt/format.h>

namespace usagectl {

Html Html::text(std::string_view text) { return Html(xml_text(text)); }

Html Html::path(std::string_view text) {
  std::string code;
  for (const char c : xml_text(text)) {
    code.push_back(c);
    if (c == '/') code += "<wbr>";
  }
  return Html(std::move(code));
}

Html Html::element(std::string_view name, const XmlAttributes& attributes, const Html& inner) {
  std::string code = xml_tag(name, attributes);
  code.append(">").append(inner.code_).append("</").append(name).append(">");
  return Html(std::move(code));
}

Html Html::element(std::string_view name, const XmlAttributes& attributes, std::string_view inner) {
  return element(name, attributes, text(inner));
}

Html Html::element(std::string_view name, std::string_view inner) {
  return element(name, {}, text(inner));
}

Html Html::shape(std::string_view name, const XmlAttributes& attributes) {
  return Html(xml_tag(name, attributes) + "/>");
}

std::string svg_number(double number) {
  std::string text = fmt::format("{:.2f}", number);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace usagectl
