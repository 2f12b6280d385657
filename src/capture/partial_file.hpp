#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/file_piece.hpp"
#include "capture/partial_bytes.hpp"
#include "input/walk.hpp"

// A partial file holds what a run has read: for each file the pieces that its reader returned, so
// that a later run goes on from there without the file. It consists of
//   a line of text, "usagectl partial 1, written by usagectl VERSION";
//   chunks, each of a head (sizes of its bytes before and after compression, 4 bytes each, and the
//     XXH3 of those after, 8 bytes, all with the lowest byte first) and bytes compressed with
//     Zstandard: those of the files one after another, then one that lists the files;
//   the place of that list, 8 bytes, and the mark "partial\n".
namespace usagectl {

inline constexpr int kPartialVersion = 3;
inline constexpr std::string_view kPartialSuffix = ".usagectl";

/// What a run found before it read anything, as a partial file keeps it. The files have `kept` set.
struct PartialContents {
  std::vector<std::string> named_paths;
  std::vector<FoundFile> files;
  std::vector<FoundFile> companions;  ///< read as evidence for claims in the files
  Found passed_over;                  ///< all but the files
};

/// Writes a partial file, from the first byte to the last.
class PartialWriter {
 public:
  using Write = std::function<void(std::string_view bytes)>;
  explicit PartialWriter(Write write);

  /// Takes the next piece, in the order in which read_file_pieces() gives them.
  void add(FilePiece& piece);
  /// Writes the list of the files. A file without a piece is left out; places are those of
  /// `found`: files that come after `named_files` are companions.
  void finish(const std::vector<std::string>& named_paths, const Found& found,
              std::size_t named_files);

 private:
  struct Written {
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint64_t content = 0;  ///< hash of what was found in it
  };
  void write(std::string_view bytes);
  void write_chunk();

  Write write_;
  std::uint64_t offset_ = 0;
  BytesWriter chunk_;
  std::vector<Written> written_;  ///< by index of the file
};

/// Whether a regular file begins as a partial file does.
bool is_partial_file(const std::string& path);

/// Reads the list of a partial file. Throws InputError, which does not name the file, where it is
/// cut off, damaged or of another version.
PartialContents read_partial_contents(const std::string& path);

/// Gives the pieces of the file with that index, which has `kept` set, to `use`. What cannot be
/// read is an unreadable place in the last piece.
void read_kept_pieces(const FoundFile& file, std::size_t index, const PieceOptions& options,
                      const std::function<void(FilePiece&&)>& use);

}  // namespace usagectl
