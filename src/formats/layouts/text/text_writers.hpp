#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/count.hpp"

namespace usagectl {

/// A line of a log that counts, as far as another one may tell the same call in other words.
struct WrittenCall {
  std::size_t wording = 0;  ///< a number for its pattern, and the words before what counts
  std::string id;           ///< of the call; empty = not said
  Count input = 0;
  Count output = 0;
};

/// Calls that two writers of one log tell, the client and a gateway, each in its own words.
struct ToldTwice {
  std::vector<bool> are_copies;  ///< for each call: another one before or behind it is the same
  std::size_t copies = 0;
  /// The first one that may be a copy, where too little shows it. It counts.
  std::optional<std::size_t> doubtful;
};

/// `calls` are in the order of the log.
///
/// The calls of one wording repeat those of another where most of them have the numbers of one that
/// stands next to them, and three and more different outputs do: chance makes no such pairs.
ToldTwice calls_told_twice(const std::vector<WrittenCall>& calls);

}  // namespace usagectl
