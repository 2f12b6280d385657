#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Index of a file in the list of files that a run reads.
using FileId = std::uint32_t;

/// A place in the captures: a file, a line of it (1-based, 0 = the file is one document), and a
/// JSON pointer (RFC 6901) inside the document or line. Once find_lines() has set the column, line
/// and column are those of the value at the pointer.
struct Place {
  FileId file = 0;
  std::uint64_t line = 0;
  std::string pointer;
  std::uint64_t column = 0;  ///< in code points, from 1; 0 = not known
};

/// Appends "/token" to a JSON pointer, with ~ and / escaped as RFC 6901 asks.
inline void append_pointer(std::string& pointer, std::string_view token) {
  pointer.push_back('/');
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer.push_back(c);
    }
  }
}

inline std::string pointer_to(std::string_view parent, std::string_view token) {
  std::string pointer(parent);
  append_pointer(pointer, token);
  return pointer;
}

inline std::string pointer_to(std::string_view parent, std::uint64_t index) {
  return pointer_to(parent, std::string_view(std::to_string(index)));
}

}  // namespace usagectl
