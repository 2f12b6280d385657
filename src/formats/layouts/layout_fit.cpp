#include "formats/layouts/layout_fit.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace usagectl {
namespace {

constexpr std::size_t kFirstItems = 32;

std::size_t index_of(std::string_view token, std::size_t end) {
  std::size_t index = token.empty() ? end : 0;
  for (const char c : token) {
    if (c < '0' || c > '9' || index >= end) return end;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

bool is_same(const Json& value, const PlainValue& wanted) {
  if (const auto* flag = std::get_if<bool>(&wanted)) return value.boolean() == *flag;
  if (const auto* count = std::get_if<Count>(&wanted))
    return value.is_number() && read_count(value).count == *count;
  if (const auto* text = std::get_if<std::string>(&wanted))
    return value.is_text() && value.text() == *text;
  return value.present() && value.is_null();
}

/// Whether the pattern, and then the path behind it, leads to a value other than null.
bool leads_through(const Json& value, const PathPattern& pattern, const PathPattern& path,
                   std::size_t at = 0) {
  if (at == pattern.tokens.size()) {
    const Json end = follow(value, path);
    return end.present() && !end.is_null();
  }
  const std::string& token = pattern.tokens[at];
  if (!PathPattern::is_any(token))
    return leads_through(member_of(value, token), pattern, path, at + 1);
  bool leads = false;
  value.each_member([&](std::string_view, const Json& member) {
    leads = leads || leads_through(member, pattern, path, at + 1);
  });
  value.each_item([&](std::size_t, const Json& item) {
    leads = leads || leads_through(item, pattern, path, at + 1);
  });
  return leads;
}

bool any_as_asked_from(const Json& value, const PathPattern& pattern, const Condition& condition,
                       std::size_t at) {
  if (at == pattern.tokens.size()) return is_as_asked(value, condition);
  const std::string& token = pattern.tokens[at];
  if (!PathPattern::is_any(token))
    return any_as_asked_from(member_of(value, token), pattern, condition, at + 1);
  bool any = false;
  value.each_member([&](std::string_view, const Json& member) {
    any = any || any_as_asked_from(member, pattern, condition, at + 1);
  });
  value.each_item([&](std::size_t, const Json& item) {
    any = any || any_as_asked_from(item, pattern, condition, at + 1);
  });
  return any;
}

bool holds(const Json& object, const Condition& condition) {
  const auto is_met = [&] {
    if (!condition.any.empty()) {
      return std::any_of(condition.any.begin(), condition.any.end(),
                         [&](const Condition& one) { return holds(object, one); });
    }
    return any_as_asked(object, condition.at ? *condition.at : condition.from.path, condition);
  };
  return is_met() != condition.is_negated;
}

/// Whether all of the object is ignored by a rule.
bool is_ignored_by_name(const Layout& layout, const Json& object) {
  return std::any_of(layout.ignored.begin(), layout.ignored.end(), [&](const IgnoredPlace& place) {
    return place.at.tokens.empty() && !place.rule.empty() &&
           std::all_of(place.where.begin(), place.where.end(),
                       [&](const Condition& one) { return holds(object, one); });
  });
}

/// Whether a claim about other lines is about something in the object; of a layout that a person
/// gave, any claim, so that it is said where it looks at a line without its parts.
bool claims_about_lines(const Layout& layout, const Json& object) {
  return std::any_of(layout.claims.begin(), layout.claims.end(), [&](const LayoutClaim& claim) {
    const auto is_there = [&](const PathPattern& place) {
      return !place.tokens.empty() && leads_somewhere(object, place);
    };
    return (claim.lines.are_others() || (layout.is_given && layout.is_lines)) &&
           (is_there(claim.about) || std::any_of(claim.of.begin(), claim.of.end(), is_there));
  });
}

/// Whether one of the first objects at the place is of the layout.
bool has_object_at(const Layout& layout, const Json& value, const PathPattern& place,
                   std::size_t at = 0) {
  if (at == place.tokens.size()) return is_object_of(layout, value);
  const std::string& token = place.tokens[at];
  if (!PathPattern::is_any(token))
    return has_object_at(layout, member_of(value, token), place, at + 1);
  bool has = false;
  std::size_t members = 0;
  value.each_member([&](std::string_view, const Json& member) {
    has = has || (members++ < kFirstItems && has_object_at(layout, member, place, at + 1));
  });
  value.each_item([&](std::size_t index, const Json& item) {
    has = has || (index < kFirstItems && has_object_at(layout, item, place, at + 1));
  });
  return has;
}

}  // namespace

Json member_of(const Json& value, std::string_view token) {
  return value.is_array() ? value.item(index_of(token, value.size())) : value[token];
}

Json follow(Json value, const PathPattern& path) {
  for (const auto& token : path.tokens) value = member_of(value, token);
  return value;
}

bool leads_somewhere(const Json& value, const PathPattern& pattern) {
  return leads_through(value, pattern, {});
}

bool is_as_asked(std::string_view text, const Condition& condition) {
  if (!condition.begins.empty()) return text.starts_with(condition.begins);
  if (condition.matches != nullptr)
    return re2::RE2::PartialMatch(text, condition.matches->compiled());
  const auto is_among = [&](const std::vector<PlainValue>& values) {
    return std::find(values.begin(), values.end(), PlainValue(std::string(text))) != values.end();
  };
  if (!condition.is_not.empty()) return !is_among(condition.is_not);
  return condition.is.empty() || is_among(condition.is);
}

bool is_as_asked(const Json& value, const Condition& condition) {
  if (!condition.begins.empty())
    return value.is_text() && value.text().starts_with(condition.begins);
  if (condition.matches != nullptr)
    return value.is_text() && re2::RE2::PartialMatch(value.text(), condition.matches->compiled());
  const bool is_there = value.present() && !value.is_null();
  if (!condition.is_not.empty())
    return is_there && std::none_of(condition.is_not.begin(), condition.is_not.end(),
                                    [&](const PlainValue& other) { return is_same(value, other); });
  if (condition.is.empty()) return is_there;
  return std::any_of(condition.is.begin(), condition.is.end(),
                     [&](const PlainValue& wanted) { return is_same(value, wanted); });
}

bool any_as_asked(const Json& value, const PathPattern& pattern, const Condition& condition) {
  return any_as_asked_from(value, pattern, condition, 0);
}

bool is_object_of(const Layout& layout, const Json& object) {
  if (!std::all_of(layout.known_by.begin(), layout.known_by.end(),
                   [&](const Condition& one) { return holds(object, one); }))
    return false;
  // What is inside a text is not looked at before it is read.
  if (layout.records.empty() || layout.json_in_texts) return true;
  return is_ignored_by_name(layout, object) || claims_about_lines(layout, object) ||
         std::any_of(layout.records.begin(), layout.records.end(), [&](const LayoutRecord& record) {
           if (record.counters.empty() && record.cost.empty())
             return leads_somewhere(object, record.at);
           if (record.counters.empty())
             return std::any_of(record.cost.begin(), record.cost.end(),
                                [&](const ValueSource& source) {
                                  return leads_through(object, record.at, source.path);
                                });
           return std::any_of(record.counters.begin(), record.counters.end(),
                              [&](const auto& counter) {
                                return leads_through(object, record.at, counter.second);
                              });
         });
}

std::optional<std::size_t> entry_of(const Layout& layout, const Json& document) {
  if (layout.in.empty())
    return is_object_of(layout, document) ? std::optional<std::size_t>(0) : std::nullopt;
  for (std::size_t i = 0; i < layout.in.size(); ++i) {
    if (has_object_at(layout, document, layout.in[i])) return i;
  }
  return std::nullopt;
}

bool fits(const Layout& layout, const Json& document) {
  return entry_of(layout, document).has_value();
}

}  // namespace usagectl
