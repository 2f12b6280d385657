#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "capture/read_file.hpp"
#include "capture/read_source.hpp"
#include "input/containers/archive_members.hpp"
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
  std::uint64_t unpacked_bytes = 0;  ///< of those, what something smaller was unpacked to
  bool is_packed = false;            ///< as the file is
  bool lines_are_relative = false;   ///< lines in it are counted from the start of the piece
  bool begins_file = false;
  bool ends_file = false;
  FileReading reading;  ///< set in the last piece
};

struct PieceOptions {
  std::size_t threads = 1;
  bool wants_keys = false;  ///< see FileContext
  const Knowledge* knowledge = &builtin_knowledge();
  /// What one file unpacks to, and the file after which no other is unpacked.
  std::uint64_t most_unpacked_bytes = kMostUnpackedBytes;
  std::size_t longest_line_bytes = kLongestLineBytes;
  std::size_t most_held_bytes = kMostHeldBytes;  ///< of a text that is not read line by line
};

}  // namespace usagectl
