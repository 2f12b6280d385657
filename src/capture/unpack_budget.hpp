#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "capture/file_piece.hpp"

namespace usagectl {

/// What all compressed files and archives of a run may unpack to. The pieces come in the order of
/// the files, so that the same ones are allowed whatever the number of threads.
class UnpackBudget {
 public:
  explicit UnpackBudget(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  /// False for a piece that is to be passed over. Of a file for which nothing is left, the last
  /// piece is allowed, in which nothing but the problem is found.
  bool allows(FilePiece& piece);

  /// Whether a file whose turn comes behind those that were allowed so far need not be unpacked,
  /// as it is refused. May be asked by any thread.
  bool is_used_up() const { return is_used_up_; }

 private:
  const std::uint64_t most_bytes_;
  std::uint64_t bytes_ = 0;
  std::optional<std::size_t> file_;  ///< whose pieces come
  bool is_refused_ = false;
  std::atomic<bool> is_used_up_ = false;
};

}  // namespace usagectl
