#include "render/html/html.hpp"

#include <doctest/doctest.h>

#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/page_style.hpp"

using namespace usagectl;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t times_of(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

Sheet models(std::size_t rows) {
  Sheet sheet;
  sheet.columns = {{"model", "model"}, {"total", "total", Content::number}};
  for (std::size_t i = 0; i < rows; ++i)
    sheet.rows.push_back({Cell("model-" + std::to_string(i)), Cell(static_cast<Count>(i))});
  return sheet;
}

}  // namespace

TEST_CASE("text in a page is text, whatever it holds") {
  CHECK(Html::text("<script>alert('1')</script> & \"x\"").code() ==
        "&lt;script&gt;alert('1')&lt;/script&gt; &amp; &quot;x&quot;");
  CHECK(Html::text("a\nb\x1b[31m \xff \xe2\x80\xae").code() == "a\\nb\\x1b[31m \\xff \\u202e");
}

TEST_CASE("a path may be broken behind a slash, and is text all the same") {
  CHECK(Html::path("a/<b>/c").code() == "a/<wbr>&lt;b&gt;/<wbr>c");
}

TEST_CASE("an attribute cannot be left by what is in it") {
  const Html html = Html::element("p", {{"aria-label", "\" onclick=\"x"}}, "y");
  CHECK(html.code() == "<p aria-label=\"&quot; onclick=&quot;x\">y</p>");
}

TEST_CASE("an element holds other elements as they are") {
  CHECK(Html::element("p", {}, Html::element("code", "<a>")).code() ==
        "<p><code>&lt;a&gt;</code></p>");
}

TEST_CASE("numbers of an SVG are short and have a point in every locale") {
  CHECK(svg_number(12) == "12");
  CHECK(svg_number(0.25) == "0.25");
  CHECK(svg_number(1.0 / 3) == "0.33");
  CHECK(svg_number(-0.001) == "0");
  CHECK(svg_number(100) == "100");
}

TEST_CASE("a page allows its own style sheet and nothing else") {
  HtmlPage page;
  page.command = "summarize";
  page.title = Html::text("1 < 2");
  page.title_text = "1 < 2";
  const std::string text = html_page(page);
  CHECK(text.starts_with("<!doctype html>\n"));
  CHECK(holds(text, "content=\"default-src 'none'; style-src 'sha256-"));
  CHECK(holds(text, std::string(kPageStyleHash) + "'; base-uri 'none'; form-action 'none'\">"));
  CHECK(holds(text, "<title>usagectl summarize: 1 &lt; 2</title>"));
  CHECK(holds(text, "<h1>1 &lt; 2</h1>"));
  CHECK_FALSE(holds(text, "<script"));
  CHECK_FALSE(holds(text, "http://"));
  CHECK_FALSE(holds(text, "https://"));
}

TEST_CASE("the hash of the style sheet is a SHA-256 in base64") {
  CHECK(kPageStyleHash.size() == 44);
  CHECK(kPageStyleHash.back() == '=');
}

TEST_CASE("a table has a caption, headers with a scope, and the numbers of every other format") {
  const Html html = html_table(models(2), {"by <model>"});
  CHECK(holds(html.code(), "<caption>by &lt;model&gt;</caption>"));
  CHECK(holds(html.code(), "<th scope=\"col\">model</th>"));
  CHECK(holds(html.code(), "<th scope=\"row\" class=\"short\">model-1</th><td class=\"n\">1</td>"));
}

TEST_CASE("an unknown number is a dash in a table, not a zero") {
  Sheet sheet = models(2);
  sheet.rows[1][1] = Cell();
  CHECK(holds(html_table(sheet, {"models"}).code(), "model-1</th><td class=\"n\">-</td>"));
}

TEST_CASE("a sentence that is not there is blank, and long names may be broken") {
  Sheet sheet = models(1);
  sheet.columns.push_back({"remark", "remark", Content::sentence});
  sheet.rows[0].push_back(Cell());
  sheet.rows.push_back({Cell(std::string(80, 'x')), Cell(Count{1}), Cell("y")});
  const std::string html = html_table(sheet, {"models"}).code();
  CHECK(holds(html, "<td class=\"sentence\"></td>"));
  CHECK(holds(html, "<th scope=\"row\" class=\"long\">model-0</th>"));
}

TEST_CASE("rows that do not fit in a table are counted") {
  const Html html = html_table(models(1000), {"models", 5'000});
  CHECK(html.size() < 7'000);
  const std::size_t shown = times_of(html.code(), "<th scope=\"row\"");
  CHECK(holds(html.code(), std::to_string(1000 - shown) + " more rows are left out here"));
}

TEST_CASE("a picture comes behind the names and before the numbers") {
  HtmlTable options{"models"};
  options.picture_title = "bar";
  options.picture = [](std::size_t) { return Html::shape("x", {}); };
  CHECK(holds(html_table(models(1), options).code(),
              "model-0</th><td class=\"picture\"><x/></td><td class=\"n\">0</td>"));
}

TEST_CASE("lines that do not fit in a list are counted") {
  const std::vector<std::string> lines(100, "a line");
  const Html html = html_list(lines, "more problem", 200);
  CHECK(holds(html.code(), "more problems are left out here"));
  CHECK(html_list({}, "more problem", 200).empty());
}

TEST_CASE("a section without content is not there") {
  CHECK(html_section("Nothing", {}).empty());
  CHECK(html_section("One", html_paragraph("x"), 3).code() ==
        "<section><h3>One</h3><p>x</p></section>");
}
