#include "formats/layouts/text/text_numbers.hpp"

#include <cctype>
#include <optional>
#include <utility>

#include "formats/layouts/text/text_keys.hpp"
#include "input/containers/rounded_number.hpp"

namespace usagectl {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_part_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether the text is made of digits and what groups them.
bool is_digits(std::string_view text) {
  return !text.empty() && is_digit(text.front()) &&
         text.find_first_not_of("0123456789,_") == std::string_view::npos;
}

/// Whether the digits are a part of something else: "1.2k", "12%", "-3", "3.5".
bool is_cut(std::string_view line, std::string_view digits) {
  const auto begin = static_cast<std::size_t>(digits.data() - line.data());
  const auto end = begin + digits.size();
  if (end < line.size()) {
    const char next = line[end];
    const bool goes_on =
        (next == '.' || next == ',') && end + 1 < line.size() && is_digit(line[end + 1]);
    if (is_part_of_word(next) || next == '%' || goes_on) return true;
  }
  if (begin == 0) return false;
  const char before = line[begin - 1];
  const bool is_behind_point = before == '.' && begin > 1 && is_digit(line[begin - 2]);
  return before == '-' || is_part_of_word(before) || is_behind_point;
}

/// "1,234,567" -> "1234567"; nothing where the marks group no thousands.
std::optional<std::string> ungrouped(std::string_view digits) {
  std::string plain;
  std::size_t since_mark = 0;
  bool is_grouped = false;
  for (const char c : digits) {
    if (is_digit(c)) {
      plain.push_back(c);
      ++since_mark;
      continue;
    }
    if (since_mark == 0 || since_mark > 3 || (is_grouped && since_mark != 3)) return std::nullopt;
    is_grouped = true;
    since_mark = 0;
  }
  if (is_grouped && since_mark != 3) return std::nullopt;
  return plain;
}

/// Whether a group with that name holds a count, where it begins with a digit.
bool may_be_count(std::string_view name, bool are_pairs) {
  if (are_pairs) return is_token_key(name);
  return name != "model" && name != "time" && !name.ends_with("id") && !is_cost_name(name);
}

}  // namespace

void add_member(std::string name, std::string_view value, std::string_view line, TextMatch& match) {
  while (value.ends_with(',') || value.ends_with('_') || value.ends_with('.'))
    value.remove_suffix(1);
  const bool is_count =
      may_be_count(name, match.pattern->are_pairs) && !value.empty() && is_digit(value.front());
  if (!is_count) {
    match.members.emplace_back(std::move(name), std::string(value));
    return;
  }
  const auto about = match.pattern->is_rounded ? rounded_number(value) : std::nullopt;
  if (about) {
    match.rounded.emplace_back(name, about->off_by);
    match.members.emplace_back(std::move(name), std::to_string(about->count));
    return;
  }
  const auto plain = is_digits(value) ? ungrouped(value) : std::nullopt;
  if (!plain || is_cut(line, value))
    match.fault = "\"" + name + "\" is not a whole number of tokens";
  match.members.emplace_back(std::move(name), plain.value_or(std::string(value)));
}

}  // namespace usagectl
