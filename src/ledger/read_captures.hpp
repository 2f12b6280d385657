#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "capture/file_piece.hpp"
#include "formats/reading/knowledge.hpp"
#include "input/containers/archive_members.hpp"
#include "input/walk.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {

struct ReadOptions {
  const Knowledge* knowledge = &builtin_knowledge();
  WalkOptions walk = {};
  std::uint64_t most_unpacked_bytes = kMostUnpackedBytes;  ///< see PieceOptions
  std::size_t longest_line_bytes = kLongestLineBytes;
  bool dedupe = false;      ///< count files with the same bytes once
  std::size_t threads = 1;  ///< at most; what is reported does not depend on it
  /// Told now and then how many bytes were read, and how many there are; 0 where nobody knows.
  std::function<void(std::uint64_t read_bytes, std::uint64_t expected_bytes)> on_progress = {};
  /// Told the names of all files, by FileId, before the first is read.
  std::function<void(const std::vector<std::string>&)> on_files = {};
  /// Told what will be read: the named paths, and files of which the first `named_files` are theirs
  /// and the others may be evidence for them.
  std::function<void(const std::vector<std::string>& named_paths, const Found& found,
                     std::size_t named_files)>
      on_found = {};
  /// Given each piece before the ledger takes it in.
  std::function<void(FilePiece&)> on_piece = {};
};

/// Reads everything that the named paths stand for; of a partial file, what it keeps. A path that
/// holds nothing known is a problem.
Books read_captures(const std::vector<std::string>& named_paths, Question question,
                    const ReadOptions& options);

}  // namespace usagectl
