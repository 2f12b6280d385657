#include "input/json/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include "input/json/long_list.hpp"
#include "input/json/wide_number.hpp"

namespace usagectl {

const LongList* Json::long_list() const {
  return is_marked_string() ? LongList::marked_by(place_.text()) : nullptr;
}

void Json::each_item_of_long_list(
    const std::function<void(std::size_t, const Json&)>& visit) const {
  long_list()->visit(visit);
}

Json Json::item(std::size_t index) const {
  if (!is_array()) return {};
  if (const LongList* list = long_list()) return list->item(index);
  const TapePlace end = place_.last();
  for (TapePlace item = place_.first(); !(item == end); item = item.next()) {
    if (index-- == 0) return Json(item);
  }
  return {};
}

std::optional<bool> Json::boolean() const {
  if (!is_bool()) return std::nullopt;
  return place_.type() == TapePlace::true_value;
}

std::optional<double> Json::real() const {
  if (!present()) return std::nullopt;
  switch (place_.type()) {
    case TapePlace::signed_number: return static_cast<double>(place_.number<std::int64_t>());
    case TapePlace::unsigned_number: return static_cast<double>(place_.number<std::uint64_t>());
    case TapePlace::real_number: return place_.number<double>();
    default: return std::nullopt;
  }
}

Json Json::operator[](std::string_view key) const {
  if (!is_object()) return {};
  const TapePlace end = place_.last();
  for (TapePlace name = place_.first(); !(name == end);) {
    const TapePlace value = name.next();
    if (name.text() == key) return Json(value);
    name = value.next();
  }
  return {};
}

std::size_t Json::size() const {
  std::size_t size = 0;
  if (is_object()) {
    each_member([&size](std::string_view, const Json&) { ++size; });
  } else if (const LongList* list = present() ? long_list() : nullptr) {
    size = list->size();
  } else {
    each_item([&size](std::size_t, const Json&) { ++size; });
  }
  return size;
}

std::string_view Json::marked_number() const {
  const std::string_view value = text();
  if (!value.starts_with(kWideNumberMark)) return {};
  return value.substr(kWideNumberMark.size());
}

std::string Json::described() const {
  if (!present()) return "nothing";
  if (is_array()) return "a list";
  if (is_wide_number()) return std::string(wide_number());
  switch (place_.type()) {
    case TapePlace::array: return "a list";
    case TapePlace::object: return "an object";
    case TapePlace::signed_number: return fmt::format("{}", place_.number<std::int64_t>());
    case TapePlace::unsigned_number: return fmt::format("{}", place_.number<std::uint64_t>());
    case TapePlace::real_number: return fmt::format("{}", place_.number<double>());
    case TapePlace::string: return "a string";
    case TapePlace::true_value: return "true";
    case TapePlace::false_value: return "false";
    case TapePlace::null_value: return "null";
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
  switch (value.place_.type()) {
    case TapePlace::signed_number: {
      const auto number = value.place_.number<std::int64_t>();
      if (number < 0) return {std::nullopt, fmt::format("is negative ({})", number)};
      return {number, {}};
    }
    case TapePlace::unsigned_number:
      return {std::nullopt,
              fmt::format("is above 2^63-1 ({})", value.place_.number<std::uint64_t>())};
    case TapePlace::real_number: {
      const auto number = value.place_.number<double>();
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
  constexpr std::size_t kFew = 16;  // these are compared with each other sooner
  std::array<std::string_view, kFew> few;
  std::size_t keys = 0;
  std::unordered_set<std::string_view> many;
  std::optional<std::string_view> repeated;
  object.each_member([&](std::string_view key, const Json&) {
    if (repeated) return;
    const auto end = few.begin() + static_cast<std::ptrdiff_t>(std::min(keys, kFew));
    const bool is_among_few = std::find(few.begin(), end, key) != end;
    if (is_among_few || (keys >= kFew && !many.insert(key).second)) {
      repeated = key;
    } else if (keys < kFew) {
      few[keys] = key;
    }
    ++keys;
  });
  return repeated;
}

}  // namespace usagectl
