#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "capture/file_piece.hpp"
#include "input/walk.hpp"

namespace usagectl {

/// Reads the files on several threads, and gives what is found in their pieces to `use`: in the
/// order of the files and of the places in them, one at a time, whatever the number of threads.
/// Throws what `use` throws.
void read_file_pieces(const std::vector<FoundFile>& files, const std::vector<std::size_t>& indices,
                      const PieceOptions& options, const std::function<void(FilePiece&)>& use);

}  // namespace usagectl
