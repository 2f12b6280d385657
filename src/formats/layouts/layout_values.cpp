#include "formats/layouts/layout_values.hpp"

#include <fmt/ranges.h>
#include <re2/re2.h>

#include <charconv>

#include "base/input_error.hpp"

namespace usagectl {

void LayoutValues::fail(std::string_view at, std::string_view what) const {
  throw InputError(at.empty() ? fmt::format("{}: {}", file_, what)
                              : fmt::format("{}: {}: {}", file_, at, what));
}

void LayoutValues::fail_unknown(std::string_view key, std::size_t number, const std::string& at,
                                const std::vector<std::string>& known) const {
  if (const auto nearest = nearest_word(key, known))
    fail(pointer_to(at, key), fmt::format("is not known; did you mean {}?", *nearest));
  fail(at, fmt::format("key {} is not known; expected one of {}", number, fmt::join(known, ", ")));
}

void LayoutValues::fail_repeated(std::string_view key, const std::string& at,
                                 const std::vector<std::string>& known) const {
  if (std::find(known.begin(), known.end(), key) == known.end()) fail(at, "has a key twice");
  fail(pointer_to(at, key), "is given twice");
}

std::string LayoutValues::text(const Json& value, const std::string& at) const {
  if (!value.is_text()) fail(at, fmt::format("is {}, expected a text", value.described()));
  return std::string(value.text());
}

std::string LayoutValues::word(const Json& value, const std::string& at) const {
  std::string name = text(value, at);
  if (name.empty() || name.find_first_of(" \t\r\n|") != std::string::npos)
    fail(at, "expected a name without spaces");
  return name;
}

bool LayoutValues::flag(const Json& value, const std::string& at) const {
  const auto flag = value.boolean();
  if (!flag) fail(at, fmt::format("is {}, expected true or false", value.described()));
  return *flag;
}

PathPattern LayoutValues::pattern(const Json& value, const std::string& at) const {
  PathPattern pattern;
  if (!value.is_text() || !parse_path_pattern(value.text(), pattern))
    fail(at, "expected a place such as \"/calls/*\", \"\" for the whole document");
  return pattern;
}

std::vector<PathPattern> LayoutValues::patterns(const Json& value, const std::string& at) const {
  std::vector<PathPattern> list;
  if (value.is_text()) return {pattern(value, at)};
  if (!value.is_array()) fail(at, "expected a place such as \"/calls/*\", or a list of places");
  value.each_item([&](std::size_t index, const Json& item) {
    list.push_back(pattern(item, pointer_to(at, index)));
  });
  return list;
}

PathPattern LayoutValues::key_path(const Json& value, const std::string& at) const {
  PathPattern path;
  const std::string key = text(value, at);
  if (!key.empty() && !parse_path_pattern("/" + key, path))
    fail(at, "expected a key, \"a/b\" for one inside another");
  return path;
}

std::shared_ptr<const Expression> LayoutValues::expression(const Json& value,
                                                           const std::string& at) const {
  auto expression =
      std::make_shared<const Expression>(text(value, at), Expression::Over::characters);
  if (is_tested_) return expression;
  const std::string fault = expression->fault();
  if (!fault.empty()) fail(at, fmt::format("invalid expression: {}", fault));
  return expression;
}

/// A part of the text at a place.
ValueSource LayoutValues::found_source(const Json& value, const std::string& at,
                                       std::size_t stars) const {
  ValueSource source;
  members(value, at, {"from", "find", "note"},
          [&](std::string_view key, const Json& what, const std::string& place) {
            if (key == "from") {
              auto find = std::move(source.find);
              source = this->source(what, place, stars);
              if (source.find) fail(place, "expected a key, \"../key\" or *1");
              source.find = std::move(find);
            } else if (key == "find") {
              source.find = expression(what, place);
            }
          });
  const bool is_whole = value.has("from") && value.has("find");
  if (!is_whole || (!is_tested_ && source.find->compiled().NumberOfCapturingGroups() != 1))
    fail(at, "expected \"from\", a key, and \"find\", an expression with one group");
  return source;
}

ValueSource LayoutValues::source(const Json& value, const std::string& at,
                                 std::size_t stars) const {
  if (value.is_object()) return found_source(value, at, stars);
  ValueSource source;
  std::string name = text(value, at);
  if (name.starts_with('*')) {
    const auto [stop, error] =
        std::from_chars(name.data() + 1, name.data() + name.size(), source.star);
    if (error != std::errc() || stop != name.data() + name.size() || source.star == 0 ||
        source.star > stars) {
      fail(at, fmt::format("expected *1{} for what a * of \"at\" stands for; it has {}",
                           stars > 1 ? fmt::format(" to *{}", stars) : std::string(), stars));
    }
    return source;
  }
  if (name.starts_with('@')) {
    source.earlier = name.substr(1);
    if (source.earlier.empty()) fail(at, "expected @ and a name of \"context\"");
    return source;
  }
  if (name.starts_with('/'))
    fail(at,
         "begins with a slash; expected a key of the record, or \"../key\" for one of the object "
         "around it");
  while (name.starts_with("../")) {
    ++source.outward;
    name.erase(0, 3);
  }
  if (name == "..") {  // the object around itself
    ++source.outward;
    return source;
  }
  if (name.empty() || !parse_path_pattern("/" + name, source.path))
    fail(at, "expected a key, \"../key\" for one of the object around, or *1");
  return source;
}

Sources LayoutValues::sources(const Json& value, const std::string& at, std::size_t stars) const {
  Sources list;
  one_or_more(value, at, [&](const Json& one, const std::string& place) {
    list.push_back(source(one, place, stars));
  });
  if (list.empty()) fail(at, "expected at least one key");
  return list;
}

PlainValue LayoutValues::plain_value(const Json& value, const std::string& at) const {
  if (value.is_null()) return std::monostate();
  if (const auto flag = value.boolean()) return *flag;
  if (const auto count = read_count(value).count; value.is_number() && count) return *count;
  if (!value.is_text()) fail(at, "expected a text, a whole number, true, false or null");
  return std::string(value.text());
}

void LayoutValues::condition_place(const Json& value, const std::string& at, std::size_t stars,
                                   Condition& condition) const {
  const std::string place = text(value, at);
  if (place.empty() || place.starts_with('/')) {
    condition.at = pattern(value, at);
  } else {
    condition.from = source(value, at, stars);
    if (condition.from.star > 0)
      fail(at, "a condition is about a value, not about the name that a * stands for");
  }
}

Condition LayoutValues::condition(const Json& value, const std::string& at,
                                  std::size_t stars) const {
  Condition condition;
  if (value.is_text()) {
    condition_place(value, at, stars, condition);
    return condition;
  }
  if (!value.is_object()) fail(at, "expected a place, or an object such as {\"at\", \"is\"}");
  bool has_text = false;
  members(value, at, {"at", "is", "is_not", "begins", "matches", "not", "any", "note"},
          [&](std::string_view key, const Json& what, const std::string& place) {
            if (key == "at") {
              condition_place(what, place, stars, condition);
            } else if (key == "is") {
              has_text = true;
              one_or_more(what, place, [&](const Json& one, const std::string& where) {
                condition.is.push_back(plain_value(one, where));
              });
            } else if (key == "is_not") {
              has_text = true;
              one_or_more(what, place, [&](const Json& one, const std::string& where) {
                condition.is_not.push_back(plain_value(one, where));
              });
            } else if (key == "begins") {
              has_text = true;
              condition.begins = text(what, place);
            } else if (key == "matches") {
              has_text = true;
              condition.matches = expression(what, place);
            } else if (key == "not") {
              condition = this->condition(what, place, stars);
              condition.is_negated = !condition.is_negated;
            } else if (key == "any") {
              one_or_more(what, place, [&](const Json& one, const std::string& where) {
                condition.any.push_back(this->condition(one, where, stars));
              });
            }
          });
  const bool has_group = value.has("not") || value.has("any");
  if (has_group) {
    const bool is_alone = value.size() == (value.has("note") ? 2U : 1U);
    if (!is_alone || (value.has("any") && condition.any.empty()))
      fail(at, "expected \"not\" or \"any\" alone, with what must hold");
  } else if (const int texts = (value.has("is") ? 1 : 0) + (value.has("is_not") ? 1 : 0) +
                               (value.has("begins") ? 1 : 0) + (value.has("matches") ? 1 : 0);
             !value.has("at") || !has_text || texts != 1 ||
             (condition.is.empty() && condition.is_not.empty() && condition.begins.empty() &&
              !condition.matches)) {
    fail(at,
         "expected \"at\", a place, and \"is\", \"is_not\", \"begins\" or \"matches\", the text "
         "there");
  }
  return condition;
}

std::vector<Condition> LayoutValues::conditions(const Json& value, const std::string& at,
                                                std::size_t stars) const {
  std::vector<Condition> list;
  one_or_more(value, at, [&](const Json& one, const std::string& place) {
    list.push_back(condition(one, place, stars));
  });
  return list;
}

}  // namespace usagectl
