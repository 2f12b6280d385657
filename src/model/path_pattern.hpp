#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Places in a document: a JSON pointer in which * stands for any key of an object or any index of
/// a list. A place that is written out goes before one that a * allows.
struct PathPattern {
  std::vector<std::string> tokens;  ///< unescaped

  static bool is_any(std::string_view token) { return token == "*"; }
  std::size_t stars() const;
  /// As in a layout: "/calls/*".
  std::string text() const;

  friend bool operator==(const PathPattern&, const PathPattern&) = default;
};

/// Reads "/calls/*"; the empty text is the document itself. False where it is no such text.
bool parse_path_pattern(std::string_view text, PathPattern& pattern);

/// How many tokens both begin with alike.
std::size_t common_tokens(const PathPattern& a, const PathPattern& b);

}  // namespace usagectl
