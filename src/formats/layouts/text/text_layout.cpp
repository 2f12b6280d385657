#include "formats/layouts/text/text_layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/place.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

class SectionParser {
 public:
  SectionParser(bool is_tested, const TextLayoutFault& fail) : is_tested_(is_tested), fail_(fail) {}

  std::shared_ptr<const TextLayout> read(const Json& section, const std::string& at) {
    if (!section.is_object()) fail_(at, "expected an object with \"lines\"");
    auto layout = std::make_shared<TextLayout>();
    section.each_member([&](std::string_view key, const Json& value) {
      const std::string place = pointer_to(at, key);
      if (key == "known_by") {
        layout->known_by = expression(value, place);
      } else if (key == "named") {
        layout->named = expression(value, place);
      } else if (key == "hint") {
        layout->hint = expression(value, place);
      } else if (key == "time") {
        layout->time = expression(value, place);
        if (!is_tested_ && !layout->time->compiled().NamedCapturingGroups().contains("time"))
          fail_(place, "expected a group named time");
      } else if (key == "lines" && value.is_array()) {
        value.each_item([&](std::size_t index, const Json& item) {
          layout->patterns.push_back(pattern(item, pointer_to(place, index)));
        });
      } else {
        fail_(at, "has an unknown key; expected known_by, named, hint, time, or a list of lines");
      }
    });
    if (layout->patterns.empty()) fail_(at, "expected \"lines\", a list of what is found in them");
    return layout;
  }

 private:
  std::unique_ptr<const Expression> expression(const Json& value, const std::string& at) {
    if (!value.is_text()) fail_(at, "expected a regular expression");
    auto expression =
        std::make_unique<const Expression>(std::string(value.text()), Expression::Over::bytes);
    if (is_tested_) return expression;
    const std::string fault = expression->fault();
    if (!fault.empty()) fail_(at, fmt::format("is not a regular expression: {}", fault));
    return expression;
  }

  TextPattern pattern(const Json& item, const std::string& at) {
    TextPattern pattern;
    if (!item.is_object()) fail_(at, "expected an object with \"find\"");
    item.each_member([&](std::string_view key, const Json& value) {
      const std::string place = pointer_to(at, key);
      if (key == "find") {
        read_find(value, place, pattern);
      } else if (key == "as" && value.is_text()) {
        pattern.as = value.text();
      } else if (key == "course") {
        pattern.course = course(value, place);
      } else if (key == "pairs" && value.is_bool()) {
        pattern.are_pairs = *value.boolean();
      } else if (key == "keep" && value.is_bool()) {
        pattern.is_kept = *value.boolean();
      } else if (key == "rounded" && value.is_bool()) {
        pattern.is_rounded = *value.boolean();
      } else if (key == "second" && value.is_bool()) {
        pattern.is_second = *value.boolean();
      } else if (key == "needs") {
        pattern.needs = expression(value, place);
      } else if (key != "note") {
        fail_(at,
              "has an unknown key; expected find, needs, as, course, pairs, keep, rounded, second "
              "or note");
      }
    });
    if (pattern.lines.empty()) fail_(at, "expected \"find\", a regular expression or a list");
    if (!is_tested_) check_groups(pattern, at);
    return pattern;
  }

  void read_find(const Json& value, const std::string& at, TextPattern& pattern) {
    if (!value.is_array()) {
      pattern.lines.push_back({expression(value, at), false});
      return;
    }
    value.each_item([&](std::size_t index, const Json& item) {
      const std::string place = pointer_to(at, index);
      const Json missing = item["may_be_missing"];
      if (missing.present())
        pattern.lines.push_back({expression(missing, place), true});
      else
        pattern.lines.push_back({expression(item, place), false});
    });
    if (!pattern.lines.empty() && pattern.lines.front().may_be_missing)
      fail_(at, "expected a first line that is always there");
  }

  TextCourse course(const Json& value, const std::string& at) {
    const auto known = std::find(std::begin(kTextCourses), std::end(kTextCourses), value.text());
    if (known == std::end(kTextCourses))
      fail_(at, fmt::format("expected one of {}", fmt::join(kTextCourses, ", ")));
    return static_cast<TextCourse>(known - std::begin(kTextCourses));
  }

  void check_groups(const TextPattern& pattern, const std::string& at) {
    std::size_t groups = 0;
    for (const auto& line : pattern.lines) {
      const auto& names = line.find->compiled().NamedCapturingGroups();
      groups += names.size();
      if (pattern.are_pairs && !(names.contains("key") && names.contains("value")))
        fail_(at, "expected groups named key and value");
    }
    if (groups == 0) fail_(at, "expected a named group such as (?P<prompt_tokens>\\d+)");
    if (pattern.are_pairs && pattern.lines.size() > 1) fail_(at, "expected pairs of one line");
  }

  bool is_tested_;
  const TextLayoutFault& fail_;
};

}  // namespace

std::shared_ptr<const TextLayout> parse_text_layout(const Json& section, const std::string& at,
                                                    bool is_tested, const TextLayoutFault& fail) {
  return SectionParser(is_tested, fail).read(section, at);
}

std::string text_layout_json(const TextLayout& layout) {
  ordered_json json = ordered_json::object();
  if (layout.known_by) json["known_by"] = layout.known_by->pattern();
  if (layout.named) json["named"] = layout.named->pattern();
  if (layout.hint) json["hint"] = layout.hint->pattern();
  if (layout.time) json["time"] = layout.time->pattern();
  json["lines"] = ordered_json::array();
  for (const TextPattern& pattern : layout.patterns) {
    ordered_json item;
    if (pattern.lines.size() == 1) {
      item["find"] = pattern.lines.front().find->pattern();
    } else {
      for (const auto& line : pattern.lines) {
        if (line.may_be_missing)
          item["find"].push_back({{"may_be_missing", line.find->pattern()}});
        else
          item["find"].push_back(line.find->pattern());
      }
    }
    if (!pattern.as.empty()) item["as"] = pattern.as;
    if (pattern.course != TextCourse::calls)
      item["course"] = std::string(kTextCourses[static_cast<std::size_t>(pattern.course)]);
    if (pattern.are_pairs) item["pairs"] = true;
    if (pattern.needs) item["needs"] = pattern.needs->pattern();
    if (pattern.is_second) item["second"] = true;
    if (pattern.is_kept) item["keep"] = true;
    if (pattern.is_rounded) item["rounded"] = true;
    json["lines"].push_back(std::move(item));
  }
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace usagectl
