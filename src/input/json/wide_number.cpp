#include "input/json/wide_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace usagectl {
namespace {

/// Whether the whole text is one number as JSON writes it. What is not must stay as it is, for the
/// parser to refuse.
bool is_json_number(std::string_view text) {
  const auto skip_digits = [&text] {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end != 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!skip_digits()) {
    return false;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  return text.empty();
}

}  // namespace

bool is_wide_number(std::string_view text) {
  if (!is_json_number(text)) return false;
  const char* const last = text.data() + text.size();
  if (text.find_first_of(".eE") != std::string_view::npos) {
    double real = 0;
    return std::from_chars(text.data(), last, real).ec == std::errc::result_out_of_range;
  }
  std::int64_t as_signed = 0;
  std::uint64_t as_unsigned = 0;
  return std::from_chars(text.data(), last, as_signed).ec != std::errc() &&
         std::from_chars(text.data(), last, as_unsigned).ec != std::errc();
}

}  // namespace usagectl
