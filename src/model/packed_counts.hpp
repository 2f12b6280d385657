#pragma once

#include <cstdint>

#include "base/packed_numbers.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// Counts as packed numbers, some ten bytes of a call: see base/packed_numbers.hpp.
void append_counts(PackedBytes& bytes, Counts counts);
Counts take_counts(const std::uint8_t*& at);

}  // namespace usagectl
