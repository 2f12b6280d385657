#include "input/containers/yaml_scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "input/containers/json_text.hpp"

namespace usagectl {
namespace {

bool is_one_of(std::string_view text, const std::array<std::string_view, 3>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// 0x1F and 0o17. False where it is neither, or does not fit.
bool append_of_other_base(std::string_view text, std::string& json) {
  const bool is_hexadecimal = text.starts_with("0x");
  if (!is_hexadecimal && !text.starts_with("0o")) return false;
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] =
      std::from_chars(text.data() + 2, end, value, is_hexadecimal ? 16 : 8);
  if (error != std::errc() || stopped != end || text.size() == 2) return false;
  json += std::to_string(value);
  return true;
}

/// A number as JSON writes it, from how YAML may: +5, .5, 5., -.5e3. Empty where it is none.
std::string json_number(std::string_view text) {
  std::string number;
  if (text.starts_with('-')) number = "-";
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !(is_digit(text[0]) || text[0] == '.')) return {};
  if (text[0] == '.') number.push_back('0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    number.push_back(text[i]);
    const bool is_bare_point = text[i] == '.' && (i + 1 == text.size() || !is_digit(text[i + 1]));
    if (is_bare_point) {
      if (i == 0) return {};
      number.push_back('0');
    }
  }
  return is_json_number(number) ? number : std::string();
}

}  // namespace

void append_plain_scalar(std::string_view text, std::string& json) {
  if (text.empty() || text == "~" || is_one_of(text, {"null", "Null", "NULL"})) {
    json += "null";
  } else if (is_one_of(text, {"true", "True", "TRUE"})) {
    json += "true";
  } else if (is_one_of(text, {"false", "False", "FALSE"})) {
    json += "false";
  } else if (is_json_number(text)) {
    json += text;
  } else if (append_of_other_base(text, json)) {
    return;
  } else if (const std::string number = json_number(text); !number.empty()) {
    json += number;
  } else {
    append_raw_json_string(text, json);
  }
}

}  // namespace usagectl
