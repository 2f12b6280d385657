#include "render/html/answer_html.hpp"

#include <fmt/format.h>

#include "render/html/html_page.hpp"
#include "render/parts/answer_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {

std::string evidence_text(const Answer& answer, const std::vector<std::string>& files) {
  std::string text;
  switch (answer.by) {
    case Proof::arithmetic:
      text = fmt::format("by arithmetic in {}", quantity(answer.supporting, "record"));
      break;
    case Proof::pairing:
      text = fmt::format("by comparison of {}", quantity(answer.supporting, "pair"));
      break;
    case Proof::price:
      text = fmt::format("by the stated costs of {}", quantity(answer.supporting, "record"));
      break;
    case Proof::dialect: return "by the documentation of the dialect";
    case Proof::none: return {};
  }
  if (answer.opposing > 0) text += fmt::format(", {} against it", number_text(answer.opposing));
  if (answer.example && answer.example->file < files.size()) {
    text += fmt::format("; such as {}", files[answer.example->file]);
    if (answer.example->line != 0) text += fmt::format(":{}", answer.example->line);
    if (!answer.example->pointer.empty()) text += " " + answer.example->pointer;
  }
  return text;
}

Html answer_html(const Answer& answer, const std::vector<std::string>& files) {
  if (answer.value == "absent") return Html::text("-");
  const std::string evidence = evidence_text(answer, files);
  const std::string answered = answer_text(answer);
  if (evidence.empty()) return Html::text(answered);
  return Html::element("details", {},
                       Html::element("summary", answered) + html_paragraph(evidence, "note"));
}

}  // namespace usagectl
