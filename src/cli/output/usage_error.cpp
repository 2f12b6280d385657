#include "cli/output/usage_error.hpp"

#include <fmt/format.h>

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

}  // namespace usagectl
