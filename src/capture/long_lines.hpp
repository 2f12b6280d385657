#pragma once

#include <cstddef>
#include <cstdint>

#include "formats/reading/format.hpp"
#include "input/text_buffer.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Rejects the lines of a block that are longer than allowed: they stay as empty lines, so that the
/// others keep their numbers. `lines_before` are before the block.
void reject_long_lines(TextBuffer& block, std::uint64_t lines_before, std::size_t longest_bytes,
                       const FileContext& file, Observations& found);

}  // namespace usagectl
