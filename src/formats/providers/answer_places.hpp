#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace usagectl {

/// In a path: each item of a list.
inline constexpr std::string_view kEachItem = "*";

enum class Standing : std::uint8_t {
  documented,  ///< looked at first; all of them, since some answers report their usage twice
  vague,       ///< only where nothing else is found: the name alone says little
};

/// Where the answers and events of a provider carry their usage.
struct AnswerPlace {
  std::string_view path;  ///< names with '/' between them; "0" is the first item
  Standing standing = Standing::documented;
  bool is_summed = false;  ///< an answer to several inputs counts each: they add up
  /// A key that each summed item has; rows of somebody's own are calls.
  std::string_view item_has = {};
  bool is_of_the_host = false;  ///< see FoundUsage
  std::string_view source;
};

/// In the order in which they count: the first that holds usage does.
std::span<const AnswerPlace> answer_places();

}  // namespace usagectl
