#include "input/containers/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

constexpr std::uint64_t eight_times(std::uint64_t byte) { return byte * 0x0101010101010101U; }

/// Whether one of eight bytes may need an escape; false is certain.
bool may_need_escapes(std::uint64_t bytes) {
  constexpr std::uint64_t kHighBits = eight_times(0x80);
  const auto has_zero = [](std::uint64_t x) { return (x - eight_times(0x01)) & ~x; };
  const std::uint64_t below_space = (bytes - eight_times(0x20)) & ~bytes;
  return ((below_space | has_zero(bytes ^ eight_times('"')) | has_zero(bytes ^ eight_times('\\'))) &
          kHighBits) != 0;
}

/// The same of a text, eight bytes at a time: most texts need none.
bool may_need_escapes(std::string_view text) {
  std::uint64_t bytes = 0;
  if (text.size() < sizeof(bytes)) return std::any_of(text.begin(), text.end(), needs_escape);
  std::size_t i = 0;
  for (; i + sizeof(bytes) <= text.size(); i += sizeof(bytes)) {
    std::memcpy(&bytes, text.data() + i, sizeof(bytes));
    if (may_need_escapes(bytes)) return true;
  }
  std::memcpy(&bytes, text.data() + text.size() - sizeof(bytes), sizeof(bytes));
  return may_need_escapes(bytes);
}

char* write_escaped(char c, char* to) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  *to++ = '\\';
  switch (c) {
    case '"':
    case '\\': *to++ = c; break;
    case '\n': *to++ = 'n'; break;
    case '\r': *to++ = 'r'; break;
    case '\t': *to++ = 't'; break;
    default:
      *to++ = 'u';
      *to++ = '0';
      *to++ = '0';
      *to++ = kDigits[static_cast<unsigned char>(c) >> 4];
      *to++ = kDigits[static_cast<unsigned char>(c) & 0x0F];
  }
  return to;
}

/// Removes digits from the front; false when there are none.
bool take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count > 0;
}

}  // namespace

void append_raw_json_string(std::string_view text, std::string& json) {
  json.push_back('"');
  while (!text.empty()) {
    const auto end = std::find_if(text.begin(), text.end(), needs_escape);
    const auto plain = static_cast<std::size_t>(end - text.begin());
    json.append(text.substr(0, plain));
    if (plain == text.size()) break;
    std::array<char, 6> escaped{};
    json.append(escaped.data(), write_escaped(text[plain], escaped.data()));
    text.remove_prefix(plain + 1);
  }
  json.push_back('"');
}

char* write_string_as_json(std::string_view text, char* to) {
  *to++ = '"';
  if (may_need_escapes(text)) {
    for (const char c : text) {
      if (needs_escape(c)) {
        to = write_escaped(c, to);
      } else {
        *to++ = c;
      }
    }
  } else {
    std::memcpy(to, text.data(), text.size());
    to += text.size();
  }
  *to++ = '"';
  return to;
}

bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return false;
  if (!take_digits(text)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

bool append_embedded_json(std::string_view text, JsonParser& parser, std::string& json) {
  const auto first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return false;
  text = text.substr(first, text.find_last_not_of(kWhiteSpace) + 1 - first);
  const bool may_be_json =
      (text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']');
  if (!may_be_json || parser.parse_copy(text).fault) return false;
  // What is nested as deep as may be has no room in a row.
  const auto opened = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '['; }));
  if (opened >= JsonParser::kDeepestNesting && parser.parse_copy(fmt::format("[{}]", text)).fault)
    return false;
  const std::size_t begin = json.size();
  json += text;
  // A string holds no line break as it stands, so these stand between values.
  const auto at = [&](std::size_t offset) {
    return json.begin() + static_cast<std::string::difference_type>(offset);
  };
  std::replace(at(begin), json.end(), '\n', ' ');
  std::replace(at(begin), json.end(), '\r', ' ');
  return true;
}

}  // namespace usagectl
