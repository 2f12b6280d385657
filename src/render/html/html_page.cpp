#include "render/html/html_page.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "render/html/page_style.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// A paragraph with that class, or without one.
XmlAttributes class_of(std::string_view style) {
  if (style.empty()) return {};
  return {{"class", std::string(style)}};
}

}  // namespace

std::string html_page(const HtmlPage& page) {
  const std::string title = page.title_text.empty()
                                ? std::string(page.command)
                                : fmt::format("{}: {}", page.command, page.title_text);
  std::string text = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  text += fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n",
      kPageStyleHash);
  text +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n";
  text += fmt::format("<meta name=\"generator\" content=\"usagectl {}\">\n", version());
  text += Html::element("title", "usagectl " + title).code() + "\n<style>";
  text.append(kPageStyle).append("</style>\n</head>\n<body>\n");
  text += "<a class=\"skip\" href=\"#report\">Skip to the report</a>\n";
  Html header = html_paragraph(fmt::format("usagectl {}", page.command), "command");
  header += Html::element("h1", {}, page.title);
  header += page.lead;
  text += Html::element("header", {}, header).code() + "\n";
  text += Html::element("main", {{"id", "report"}}, page.body).code() + "\n";
  text += Html::element("footer", {}, page.footer).code();
  return text + "\n</body>\n</html>\n";
}

Html html_section(std::string_view title, const Html& body, int level) {
  if (body.empty()) return {};
  return Html::element("section", {}, Html::element(fmt::format("h{}", level), title) + body);
}

Html html_paragraph(std::string_view text, std::string_view style) {
  if (text.empty()) return {};
  return Html::element("p", class_of(style), text);
}

Html html_list(const std::vector<std::string>& lines, std::string_view called, std::size_t room) {
  Html items;
  std::size_t shown = 0;
  for (; shown < lines.size() && items.size() < room; ++shown)
    items += Html::element("li", lines[shown]);
  if (items.empty()) return {};
  Html list = Html::element("ul", {}, items);
  if (const std::size_t more = lines.size() - shown; more > 0) {
    list += html_paragraph(
        fmt::format("{} {} left out here", quantity(more, called), more == 1 ? "is" : "are"),
        "note");
  }
  return list;
}

}  // namespace usagectl
