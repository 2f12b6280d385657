#pragma once

#include <bitset>
#include <string_view>

namespace usagectl {

/// Names that some dialect looks for beside its usage object, by index in the catalogue.
inline constexpr std::size_t kMostSiblings = 128;
using SiblingSet = std::bitset<kMostSiblings>;

/// What stands around a usage object. Views into the document, or into whoever keeps it.
struct Envelope {
  bool known = false;  ///< false: only the usage object itself is at hand
  std::string_view object;
  std::string_view type;
  std::string_view id;
  std::string_view model;
  std::string_view path;  ///< JSON pointer of the usage object
  SiblingSet siblings;
};

}  // namespace usagectl
