#include "cli/output/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest_word.hpp"

namespace usagectl {
namespace {

/// "a", "a or b", "a, b or c".
std::string alternatives(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace

std::string invalid_word(std::string_view what, std::string_view word,
                         const std::vector<std::string>& valid) {
  const auto nearest = nearest_word(word, valid);
  return nearest ? fmt::format("invalid {} \"{}\"; did you mean {}?", what, word, *nearest)
                 : fmt::format("invalid {} \"{}\"; use {}", what, word, alternatives(valid));
}

std::string unquoted(const std::string& fault) {
  const std::size_t begin = fault.find('"');
  const std::size_t end = fault.rfind('"');
  if (begin == std::string::npos || fault.ends_with('?')) return fault;
  return fault.substr(0, begin - std::min<std::size_t>(begin, 1)) + fault.substr(end + 1);
}

}  // namespace usagectl
