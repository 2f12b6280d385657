#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/counts.hpp"
#include "model/place.hpp"

namespace usagectl {

/// A record that a claim sums up.
struct CasePart {
  Place place;
  Counts counts;            ///< as they were summed
  Counts given;             ///< as written; empty where that is not known
  Count number = 0;         ///< in a numbering from 1; 0 = not numbered
  std::uint64_t order = 0;  ///< in which it was read
  bool failed = false;
  bool is_sum = false;  ///< it adds up calls itself
  std::string_view dialect;
  std::string id;
  std::string model;
  std::string time;  ///< RFC 3339 UTC
  std::string name;  ///< of what it is about, an entity or a thread
};

}  // namespace usagectl
