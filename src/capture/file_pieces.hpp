#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "capture/read_file.hpp"
#include "input/containers/archive_members.hpp"
#include "input/walk.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// What was found in a piece of a file.
struct FilePiece {
  std::size_t file = 0;  ///< index in the list of files
  std::string member;    ///< "archive!member" of a file in that file, which is no place of the list
  std::string table;     ///< of a database, whose rows were read
  Observations found;
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
  bool lines_are_relative = false;  ///< lines in it are counted from the start of the piece
  bool begins_file = false;
  bool ends_file = false;
  FileReading reading;  ///< told with the last piece
};

struct PieceOptions {
  std::size_t threads = 1;
  bool wants_keys = false;  ///< see FileContext
  const Knowledge* knowledge = &builtin_knowledge();
  std::uint64_t most_unpacked_bytes = kMostUnpackedBytes;  ///< of the members of an archive
};

/// Reads the files on several threads, and gives what is found in their pieces to `use`: in the
/// order of the files and of the places in them, one at a time, whatever the number of threads.
/// Throws what `use` throws.
void read_file_pieces(const std::vector<FoundFile>& files, const std::vector<std::size_t>& indices,
                      const PieceOptions& options, const std::function<void(FilePiece&)>& use);

}  // namespace usagectl
