#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "input/byte_source.hpp"

namespace usagectl {

/// What a compressed file, or the members of an archive in all, may have once they are unpacked,
/// unless the user says otherwise.
inline constexpr std::uint64_t kMostUnpackedBytes = std::uint64_t{16} * 1024 * 1024 * 1024;

/// Reads an archive from its first member to its last: zip and tar, also compressed by gzip, bzip2,
/// xz, lzma or Zstandard, and a single file that is compressed by one of these.
class Archive {
 public:
  Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  ReadResult open(const std::string& path, std::uint64_t most_unpacked_bytes = kMostUnpackedBytes);
  /// What the archive takes once nothing compresses it as a whole, as far as it was read.
  std::uint64_t bytes_inside() const;

  /// An archive in memory, where it must stay; `unpacked_bytes` were unpacked before.
  ReadResult open(std::string_view bytes, std::uint64_t most_unpacked_bytes = kMostUnpackedBytes,
                  std::uint64_t unpacked_bytes = 0);

  /// Goes to the next member that is a regular file, and sets `path` to how the archive calls it
  /// (empty: a single compressed file has no name); nothing at the end.
  ReadResult next(std::optional<std::string>& path);

  /// Reads at most `capacity` bytes of the member; `got` is 0 at its end.
  ReadResult read(char* bytes, std::size_t capacity, std::size_t& got);

  /// What was unpacked so far, before it too.
  std::uint64_t unpacked_bytes() const;
  /// See ByteSource.
  std::uint64_t believable_bytes() const;
  /// Counts bytes that a member unpacked to in its turn.
  void add_unpacked(std::uint64_t bytes);

 private:
  ReadResult end_member();

  struct State;
  std::unique_ptr<State> state_;
};

/// A file in an archive, or why it cannot be read.
struct ArchiveMember {
  std::string path;     ///< "member", or "inner.zip!member" where an archive is a member
  std::string problem;  ///< empty when it can be read
};

struct ArchiveLimits {
  std::uint64_t most_unpacked_bytes = kMostUnpackedBytes;
  std::size_t most_held_bytes = std::size_t{1024} * 1024 * 1024;  ///< of an archive among members
};

/// Visits the members of an archive, those of archives among its members too, but no deeper. The
/// bytes of a member are read while it is visited, as far as somebody wants them; what is wrong
/// with them is said there, and ends the archive. The result is another problem of the archive as a
/// whole, which hides the members behind it.
using VisitMember = std::function<void(const ArchiveMember&, ByteSource&&)>;
ReadResult each_archive_member(Archive& archive, const ArchiveLimits& limits,
                               const VisitMember& visit);

/// True for bytes that begin like something that Archive opens, single compressed files included.
bool looks_like_archive(std::string_view start);

}  // namespace usagectl
