#pragma once

#include <cstdint>
#include <vector>

#include "model/counts.hpp"

namespace usagectl {

/// Counts as packed numbers, some ten bytes of a call: see base/packed_numbers.hpp.
void append_counts(std::vector<std::uint8_t>& bytes, Counts counts);
Counts take_counts(const std::uint8_t*& at);

}  // namespace usagectl
