#include "render/html/verdict_html.hpp"

#include <string>

namespace usagectl {
namespace {

std::string_view sign_of(Mood mood) {
  switch (mood) {
    case Mood::good: return "✓";
    case Mood::bad: return "✗";
    case Mood::doubtful: return "?";
    case Mood::neutral: break;
  }
  return "";
}

std::string_view style_of(Mood mood) {
  switch (mood) {
    case Mood::good: return "good";
    case Mood::bad: return "bad";
    case Mood::doubtful: return "doubtful";
    case Mood::neutral: break;
  }
  return "faint";
}

}  // namespace

Html verdict_html(std::string_view word, Mood mood) {
  Html html;
  if (const std::string_view sign = sign_of(mood); !sign.empty())
    html = Html::element("span", {{"aria-hidden", "true"}}, sign) + Html::text(" ");
  const std::string style = "verdict " + std::string(style_of(mood));
  return Html::element("span", {{"class", style}}, html + Html::text(word));
}

}  // namespace usagectl
