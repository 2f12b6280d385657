#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl {

/// Why a text is no JSON, and where.
struct FaultSearch {
  bool is_sound = false;  ///< nothing is wrong with it
  bool is_too_deep = false;
  std::uint64_t offset = 0;
  std::string what;  ///< quotes nothing of the text
};

/// Looks for what a parser has stumbled over. Numbers of any width are sound here, and so are bytes
/// that are not UTF-8.
FaultSearch search_fault(std::string_view text);

}  // namespace usagectl
