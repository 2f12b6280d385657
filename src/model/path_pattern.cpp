#include "model/path_pattern.hpp"

#include <algorithm>

#include "model/place.hpp"

namespace usagectl {

std::size_t PathPattern::stars() const {
  return static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const auto& token) { return is_any(token); }));
}

std::string PathPattern::text() const {
  std::string text;
  for (const auto& token : tokens) append_pointer(text, token);
  return text;
}

bool parse_path_pattern(std::string_view text, PathPattern& pattern) {
  pattern.tokens.clear();
  if (text.empty()) return true;
  if (text.front() != '/') return false;
  for (const char c : text) {
    if (c == '/') {
      pattern.tokens.emplace_back();
    } else {
      pattern.tokens.back().push_back(c);
    }
  }
  for (auto& token : pattern.tokens) {
    std::string plain;
    for (std::size_t i = 0; i < token.size(); ++i) {
      if (token[i] != '~') {
        plain.push_back(token[i]);
        continue;
      }
      if (i + 1 == token.size() || (token[i + 1] != '0' && token[i + 1] != '1')) return false;
      plain.push_back(token[++i] == '0' ? '~' : '/');
    }
    token = std::move(plain);
  }
  return true;
}

std::size_t common_tokens(const PathPattern& a, const PathPattern& b) {
  const auto end = std::min(a.tokens.size(), b.tokens.size());
  std::size_t common = 0;
  while (common < end && a.tokens[common] == b.tokens[common]) ++common;
  return common;
}

}  // namespace usagectl
