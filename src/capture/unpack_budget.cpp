#include "capture/unpack_budget.hpp"

#include <fmt/format.h>

namespace usagectl {

bool UnpackBudget::allows(FilePiece& piece) {
  const bool is_member = !piece.member.empty();
  if (file_ != piece.file) {
    file_ = piece.file;
    is_refused_ = (piece.is_packed || is_member) && is_used_up_;
  }
  if (!is_refused_) {
    bytes_ += piece.unpacked_bytes;
    if (bytes_ > most_bytes_) is_used_up_ = true;
    return true;
  }
  const bool is_last = piece.ends_file && !is_member;
  if (!is_last) return false;
  FilePiece refused;
  refused.file = piece.file;
  refused.begins_file = true;
  refused.ends_file = true;
  refused.reading.fate = FileFate::failed;
  refused.found.unreadable(
      {static_cast<FileId>(piece.file), 0, {}},
      {fmt::format("is not unpacked: the files before it unpack to more than {} bytes",
                   most_bytes_),
       {},
       {}});
  piece = std::move(refused);
  return true;
}

}  // namespace usagectl
