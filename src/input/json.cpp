#include "input/json.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "input/long_list.hpp"
#include "input/wide_number.hpp"

namespace usagectl {

const LongList* Json::long_list() const {
  std::string_view text;
  if (!element_.is_string() || element_.get(text) != simdjson::SUCCESS || text.empty() ||
      text.front() != '\x01')
    return nullptr;
  return LongList::marked_by(text);
}

void Json::each_item_of_long_list(
    const std::function<void(std::size_t, const Json&)>& visit) const {
  long_list()->visit(visit);
}

Json Json::item(std::size_t index) const {
  if (!is_array()) return {};
  if (const LongList* list = long_list()) return list->item(index);
  simdjson::dom::element item;
  return simdjson::dom::array(element_).at(index).get(item) == simdjson::SUCCESS ? Json(item)
                                                                                 : Json();
}

std::string_view Json::text() const {
  std::string_view text;
  if (!is_text() || element_.get(text) != simdjson::SUCCESS) return {};
  return text;
}

std::optional<bool> Json::boolean() const {
  bool value = false;
  if (!present_ || element_.get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<double> Json::real() const {
  double value = 0;
  if (!present_ || element_.get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

Json Json::operator[](std::string_view key) const {
  if (!is_object()) return {};
  for (const auto member : simdjson::dom::object(element_)) {
    if (member.key == key) return Json(member.value);
  }
  return {};
}

std::size_t Json::size() const {
  std::size_t size = 0;
  if (is_object()) {
    for ([[maybe_unused]] const auto member : simdjson::dom::object(element_)) ++size;
  } else if (const LongList* list = present_ ? long_list() : nullptr) {
    size = list->size();
  } else if (is_array()) {
    for ([[maybe_unused]] const auto item : simdjson::dom::array(element_)) ++size;
  }
  return size;
}

std::string_view Json::wide_number() const {
  const std::string_view value = text();
  if (!value.starts_with(kWideNumberMark)) return {};
  return value.substr(kWideNumberMark.size());
}

std::string Json::described() const {
  if (!present_) return "nothing";
  if (is_array()) return "a list";
  if (is_wide_number()) return std::string(wide_number());
  switch (element_.type()) {
    case simdjson::dom::element_type::ARRAY: return "a list";
    case simdjson::dom::element_type::OBJECT: return "an object";
    case simdjson::dom::element_type::INT64: return fmt::format("{}", int64_t(element_));
    case simdjson::dom::element_type::UINT64: return fmt::format("{}", uint64_t(element_));
    case simdjson::dom::element_type::DOUBLE: return fmt::format("{}", double(element_));
    case simdjson::dom::element_type::STRING: return "a string";
    case simdjson::dom::element_type::BOOL: return bool(element_) ? "true" : "false";
    case simdjson::dom::element_type::NULL_VALUE: return "null";
  }
  return "something else";
}

CountReading read_count(const Json& value) {
  if (value.is_null()) return {};
  if (const auto digits = value.wide_number(); !digits.empty()) {
    const bool negative = digits.front() == '-';
    return {std::nullopt,
            fmt::format("is {} ({})", negative ? "negative" : "above 2^63-1", digits)};
  }
  switch (value.element_.type()) {
    case simdjson::dom::element_type::INT64: {
      const auto number = int64_t(value.element_);
      if (number < 0) return {std::nullopt, fmt::format("is negative ({})", number)};
      return {number, {}};
    }
    case simdjson::dom::element_type::UINT64:
      return {std::nullopt, fmt::format("is above 2^63-1 ({})", uint64_t(value.element_))};
    case simdjson::dom::element_type::DOUBLE: {
      const auto number = double(value.element_);
      constexpr double kExactLimit = 9007199254740992.0;  // 2^53: beyond it, doubles skip integers
      if (number < 0) return {std::nullopt, fmt::format("is negative ({})", number)};
      if (std::floor(number) != number) {
        return {std::nullopt, fmt::format("is not a whole number ({})", number)};
      }
      // 2^53 itself may be the nearest double to 2^53+1.
      if (number >= kExactLimit) {
        return {std::nullopt, fmt::format("is written in a way that is not exact ({})", number)};
      }
      return {static_cast<Count>(number), {}};
    }
    default: return {std::nullopt, fmt::format("is {}, not a number", value.described())};
  }
}

CountReading read_count_or_digits(const Json& value) {
  const std::string_view digits = value.is_text() ? value.text() : std::string_view();
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return read_count(value);
  }
  Count count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return {std::nullopt, fmt::format("is above 2^63-1 ({})", digits)};
  }
  return {count, {}};
}

std::optional<std::string_view> repeated_key(const Json& object) {
  std::optional<std::string_view> repeated;
  std::size_t position = 0;
  object.each_member([&](std::string_view key, const Json&) {
    if (repeated) return;
    std::size_t earlier = 0;
    object.each_member([&](std::string_view other, const Json&) {
      if (earlier++ < position && other == key) repeated = key;
    });
    ++position;
  });
  return repeated;
}

}  // namespace usagectl
