#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "formats/reading/knowledge.hpp"
#include "input/containers/archive_members.hpp"
#include "input/walk.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {

struct ReadOptions {
  const Knowledge* knowledge = &builtin_knowledge();
  WalkOptions walk = {};
  std::uint64_t most_unpacked_bytes = kMostUnpackedBytes;  ///< see PieceOptions
  bool dedupe = false;                                     ///< count files with the same bytes once
  std::size_t threads = 1;  ///< at most; what is reported does not depend on it
  /// Told now and then how many bytes were read, and how many there are; 0 where nobody knows.
  std::function<void(std::uint64_t read_bytes, std::uint64_t expected_bytes)> on_progress = {};
  /// Told the names of all files, by FileId, before the first is read.
  std::function<void(const std::vector<std::string>&)> on_files = {};
};

/// Reads everything that the named paths stand for. A path that holds nothing known is a problem.
Books read_captures(const std::vector<std::string>& paths, Question question,
                    const ReadOptions& options);

}  // namespace usagectl
