#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "input/walk.hpp"

namespace usagectl {

/// For each file the first earlier one that holds the same bytes. Only files of the same size are
/// ever opened, on at most so many threads; what cannot be read is like no other.
std::vector<std::optional<std::size_t>> files_with_same_bytes(const std::vector<FoundFile>& files,
                                                              std::size_t threads);

}  // namespace usagectl
