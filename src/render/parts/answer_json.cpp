#include "render/parts/answer_json.hpp"

#include <nlohmann/json.hpp>

#include "render/text/json_text.hpp"

namespace usagectl {

using nlohmann::ordered_json;

ordered_json answer_json(const Answer& answer, const std::vector<std::string>& files) {
  ordered_json example = nullptr;
  if (answer.example) {
    const Place& place = *answer.example;
    example = {{"file", json_string(files[place.file])},
               {"pointer", json_string(place.pointer)},
               {"line", place.line == 0 ? ordered_json(nullptr) : ordered_json(place.line)}};
  }
  return {{"value", answer.value},
          {"by", name_of(answer.by)},
          {"for", answer.supporting},
          {"against", answer.opposing},
          {"example", std::move(example)}};
}

ordered_json answers_json(const Answers& answers, const std::vector<std::string>& files) {
  ordered_json axes;
  for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
    axes[std::string(kAnswerNames[axis])] = answer_json(answer_at(answers, axis), files);
  }
  return axes;
}

}  // namespace usagectl
